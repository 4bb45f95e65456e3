import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobStarted } from '../../src/shared/contract/jobs.ts';
import type { WireEvent } from '../../src/shared/contract/wire.ts';
import { ask, askResult, launch, type RunningApp, type TestWindow } from './helpers/launch.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
  await ask(running.page, 'project.sample', { path: join(running.folder, 'desk.stillroom') });
});
afterAll(() => running.close());

const heard = (): Promise<WireEvent[]> =>
  running.page.evaluate(() => (globalThis as unknown as TestWindow).heard);

async function killEngine(): Promise<void> {
  const { pid } = await ask(running.page, 'engine.diagnostics', {});
  const restarts = (await heard()).filter(({ kind }) => kind === 'engine').length;
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(async () => (await heard()).filter(({ kind }) => kind === 'engine').length, {
      timeout: 45_000,
    })
    .toBe(restarts + 1);
}

async function untilEnded({ jobId }: JobStarted): Promise<string> {
  const find = async () =>
    (await heard()).findLast(
      (event) => event.kind === 'job' && event.job.id === jobId && event.job.state !== 'running',
    );
  await expect.poll(find, { timeout: 60_000, interval: 200 }).toBeDefined();
  const end = await find();
  return end?.kind === 'job' ? end.job.state : 'unknown';
}

describe('the engine killed in the middle of a job', () => {
  const starts: readonly [string, () => Promise<JobStarted>][] = [
    [
      'teach',
      async () => {
        const teacher = await ask(running.page, 'teach.recorded', { action: 'start' });
        return ask(running.page, 'teach.run', {
          baseUrl: teacher.baseUrl!,
          model: teacher.model,
          concurrency: 1,
        });
      },
    ],
    ['curate', () => ask(running.page, 'curate.run', {})],
    ['train', () => ask(running.page, 'train.run', { student: 'linear' })],
  ];
  test.each(starts)('%s: the window is told, the job can be resumed', async (kind, start) => {
    const before = (await ask(running.page, 'project.summary', {})).labelled;
    const { jobId } = await start();
    if (kind === 'teach')
      await expect
        .poll(async () => (await ask(running.page, 'project.summary', {})).labelled, {
          timeout: 45_000,
        })
        .toBeGreaterThan(before);
    await killEngine();
    const [job] = await ask(running.page, 'jobs.list', {});
    expect(job).toMatchObject({ id: jobId, kind, state: 'interrupted', isResumable: true });
    const after = await ask(running.page, 'project.summary', {});
    expect(after).toMatchObject({ isReadOnly: false, examples: 4896 });
    expect(after.interruptedJobs).toBeGreaterThan(0);
    expect((await ask(running.page, 'ledger.verify', {})).valid).toBe(true);
    if (kind !== 'train') return;
    const resumed = await ask(running.page, 'jobs.resume', { id: jobId });
    expect(await untilEnded(resumed)).toBe('done');
  });

  test('a call that was under way is answered with an error, never left waiting', async () => {
    const { pid } = await ask(running.page, 'engine.diagnostics', {});
    const call = askResult(running.page, 'review.next', { count: 1000 });
    process.kill(pid, 'SIGKILL');
    const result = await call;
    if (!result.ok) expect(result.error.code).toBe('app.engine');
    await expect
      .poll(async () => (await askResult(running.page, 'project.summary', {})).ok, {
        timeout: 45_000,
      })
      .toBe(true);
  });

  test('no error on the console', () => {
    expect(running.complaints).toEqual([]);
  });
});
