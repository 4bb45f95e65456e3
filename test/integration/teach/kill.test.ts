import { spawn } from 'node:child_process';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../../src/main/gate/ledger.ts';
import { createRng } from '../../../src/main/lib/rng.ts';
import { openStore } from '../../../src/main/store/store.ts';
import { addExample, newProject, setConsent } from './project.ts';
import { label, startTeacher } from './teacher-server.ts';

const COUNT = 60;
const KILLS = 8;
const cli = new URL('../../../bin/stillroom.js', import.meta.url).pathname;

let teacher: Awaited<ReturnType<typeof startTeacher>>;
let onReceived = (_count: number): void => undefined;
beforeEach(async () => {
  teacher = await startTeacher((_, count) => {
    onReceived(count);
    return { ...label('refund'), delayMs: 15 };
  });
});
afterEach(() => teacher.close());

function project(): string {
  const { store, path } = newProject();
  for (let i = 0; i < COUNT; i++) addExample(store, `t${i}`, `ticket number ${i}.`);
  setConsent(store, 'all', 'permitted');
  store.close();
  return path;
}

/** Runs `teach` in a process of its own; kills it some milliseconds after the server got so many more requests. */
function runTeach(
  path: string,
  kill?: { afterRequests: number; delayMs: number },
  ...more: string[]
): Promise<number | null> {
  const args = [
    cli,
    'teach',
    path,
    '--base-url',
    teacher.baseUrl,
    '--model',
    'm',
    '--json',
    ...more,
  ];
  const child = spawn(process.execPath, args, {
    stdio: 'ignore',
    // Proxies of the environment must not see anything either.
    env: { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9' },
  });
  const goal = teacher.received.length + (kill?.afterRequests ?? Number.POSITIVE_INFINITY);
  onReceived = (count) => {
    if (kill && count >= goal) setTimeout(() => child.kill('SIGKILL'), kill.delayMs);
  };
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}

/** Texts that the server was asked for more than `times` times. */
function askedMoreThan(times: number): string[] {
  const counts = Map.groupBy(teacher.received, (one) => one.text);
  return [...counts].filter(([, all]) => all.length > times).map(([text]) => text);
}

function look(path: string) {
  const store = openStore(path, { mode: 'read' });
  try {
    return {
      states: store.requests.countByState(),
      labelled: store.labels.countsBy('teacher').size,
      ledger: verifyLedger(store),
      attempts: [...store.ledger.rows()].filter((row) => row.event === 'attempt').length,
    };
  } finally {
    store.close();
  }
}

test('kill -9 at any moment repeats no call and loses no answer that was recorded', async () => {
  const path = project();
  const rng = createRng(7);
  let labelledBefore = 0;
  for (let i = 0; i < KILLS; i++) {
    await runTeach(path, { afterRequests: 1 + rng.integer(9), delayMs: rng.integer(30) });
    const { labelled, ledger } = look(path);
    expect(ledger.valid).toBe(true);
    expect(labelled).toBeGreaterThanOrEqual(labelledBefore);
    labelledBefore = labelled;
  }
  expect(await runTeach(path)).toBe(0);
  expect(askedMoreThan(1)).toEqual([]);
  const end = look(path);
  const { finished = 0, unknown = 0 } = end.states;
  expect(finished + unknown).toBe(COUNT);
  expect(unknown).toBeGreaterThan(0);
  expect(end.labelled).toBe(finished);
  // Whatever arrived is in the ledger.
  expect(end.attempts).toBeGreaterThanOrEqual(teacher.received.length);

  expect(await runTeach(path, undefined, '--retry-unknown')).toBe(0);
  expect(look(path).labelled).toBe(COUNT);
  expect(askedMoreThan(1).length).toBeLessThanOrEqual(unknown);
  expect(askedMoreThan(2)).toEqual([]);
}, 120_000);

test('control: the same check catches a project that forgot its finished calls', async () => {
  const path = project();
  await runTeach(path, { afterRequests: 20, delayMs: 10 });
  const db = new Sqlite(path);
  db.exec('DELETE FROM reply; DELETE FROM request; DELETE FROM current_label; DELETE FROM label');
  db.close();
  await runTeach(path);
  expect(askedMoreThan(1).length).toBeGreaterThan(0);
}, 60_000);
