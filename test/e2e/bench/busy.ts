import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { JobStarted } from '../../../src/shared/contract/job-started.ts';
import { untilEnded, untilUnderWay } from '../helpers/jobs.ts';
import { ask, hear, type RunningApp } from '../helpers/launch.ts';
import { openSecondWindow } from '../helpers/second-window.ts';
import { writeRows } from './million.ts';

const MORE_ROWS = 1_000_000;
const FIRST_NEW_ROW = 2_000_000;
const replies = fileURLToPath(new URL('../../../sample/teacher-replies.jsonl', import.meta.url));

/** Work of the engine that a window is measured beside. */
export interface Busy {
  isRunning(): Promise<boolean>;
  stop(): Promise<void>;
}

/** A million more rows come into the project that the window shows. */
export async function startImport({ page }: RunningApp, folder: string): Promise<Busy> {
  const path = join(folder, 'more.jsonl');
  writeRows(path, FIRST_NEW_ROW, MORE_ROWS);
  return follow(
    page,
    await ask(page, 'collect.import', { path, mapping: { text: 'text', id: 'id' } }),
  );
}

/** The sample's fine-tuned encoder is trained on every core, for a second window: the same engine has both. */
export async function startTraining(running: RunningApp, folder: string): Promise<Busy> {
  const page = await openSecondWindow(running);
  await hear(page);
  await ask(page, 'project.sample', { path: join(folder, 'desk.stillroom') });
  await untilEnded(page, await ask(page, 'teach.replies', { path: replies }));
  const job = await ask(page, 'train.run', { student: 'wide-deep', threads: 2 });
  await untilUnderWay(page, job);
  await running.page.bringToFront();
  const busy = follow(page, job);
  return {
    ...busy,
    async stop() {
      await busy.stop();
      await page.close();
    },
  };
}

function follow(page: Page, job: JobStarted): Busy {
  return {
    async isRunning() {
      const [newest] = await ask(page, 'jobs.list', { limit: 1 });
      return newest?.state === 'running';
    },
    async stop() {
      await ask(page, 'jobs.cancel', { id: job.jobId });
      await untilEnded(page, job);
    },
  };
}
