import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { JobStarted } from '../../../src/shared/contract/jobs.ts';
import type { WireEvent } from '../../../src/shared/contract/wire.ts';
import type { TestWindow } from './launch.ts';

export const heard = (page: Page): Promise<WireEvent[]> =>
  page.evaluate(() => (globalThis as unknown as TestWindow).heard);

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
