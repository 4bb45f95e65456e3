import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { JobStarted } from '../../../src/shared/contract/job-started.ts';
import type { WireEvent } from '../../../src/shared/contract/wire.ts';
import type { TestWindow } from './launch.ts';

export const heard = (page: Page): Promise<WireEvent[]> =>
  page.evaluate(() => (globalThis as unknown as TestWindow).heard);

/** Waits until a job has told of its first steps, so that what follows meets it in the middle. */
export async function untilUnderWay(page: Page, { jobId }: JobStarted): Promise<void> {
  const isUnderWay = async () =>
    (await heard(page)).some(
      (event) => event.kind === 'job' && event.job.id === jobId && event.job.done > 0,
    );
  for (const sinceMs = Date.now(); !(await isUnderWay()); await wait(POLL_MS))
    if (Date.now() - sinceMs > LONGEST_MS) throw new Error('The job did not get under way.');
}

const POLL_MS = 20;
const LONGEST_MS = 240_000;

/** Waits for the end of a job, and tells how it ended. */
export async function untilEnded(page: Page, { jobId }: JobStarted): Promise<string> {
  const find = async () =>
    (await heard(page)).findLast(
      (event) => event.kind === 'job' && event.job.id === jobId && event.job.state !== 'running',
    );
  let end = await find();
  for (const sinceMs = Date.now(); !end && Date.now() - sinceMs < LONGEST_MS; end = await find())
    await wait(200);
  return end?.kind === 'job' ? end.job.state : 'unknown';
}
