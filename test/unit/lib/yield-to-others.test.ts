import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const module = fileURLToPath(new URL('../../../src/main/lib/yield-to-others.ts', import.meta.url));

/** What a process and a thread that it starts afterwards run at; every thread's own number where the system has one. */
function prioritiesAfter(statement: string): number[] {
  const script = `
    import { readdirSync, readFileSync } from 'node:fs';
    import { getPriority } from 'node:os';
    import { Worker } from 'node:worker_threads';
    import { yieldToOthers } from ${JSON.stringify(module)};
    ${statement}
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    worker.once('online', () => {
      const threads = process.platform === 'linux' ? readdirSync('/proc/self/task') : [0];
      const niceOf = (thread) =>
        thread === 0 ? getPriority() : Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ').at(-1).split(' ')[16]);
      console.log(JSON.stringify(threads.map(niceOf)));
      process.exit();
    });`;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
}

describe('yielding to others', () => {
  const ours = getPriority();

  test('lowers every thread that is there, and those that come later', () => {
    const lowered = new Set(prioritiesAfter('yieldToOthers();'));
    expect([...lowered]).toEqual([Math.min(19, ours + 10)]);
  });

  test('is what lowers them', () => {
    expect(new Set(prioritiesAfter(''))).toEqual(new Set([ours]));
  });

  test('lowers no further than there is', () => {
    const lowered = new Set(prioritiesAfter('for (let i = 0; i < 5; i++) yieldToOthers();'));
    expect([...lowered]).toEqual([19]);
  });
});
