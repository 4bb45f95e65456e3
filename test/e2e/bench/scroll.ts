import { join } from 'node:path';
import { ask, type RunningApp } from '../helpers/launch.ts';
import { writeRows } from './million.ts';
import { quantile } from './numbers.ts';
import { watchProcessor } from './processor.ts';

const FRAMES = 600;
const STEP_PX = 240;
const LONG_FRAME_MS = 50;
const MORE_ROWS = 1_000_000;
const FIRST_NEW_ROW = 2_000_000;

/** Frames of a steady scroll through thousands of rows; with `folder` while a file is being imported. */
export async function measureScroll(running: RunningApp, when: string, folder?: string) {
  const { page } = running;
  await page
    .getByRole('navigation', { name: 'Stages' })
    .getByRole('link', { name: /Collect/ })
    .click();
  await page.locator('[role="grid"] [aria-rowindex="2"]').waitFor();
  if (folder) {
    const path = join(folder, 'more.jsonl');
    writeRows(path, FIRST_NEW_ROW, MORE_ROWS);
    await ask(page, 'collect.import', { path, mapping: { text: 'text', id: 'id' } });
  }
  const processor = await watchProcessor(running);
  const beforeMs = await processor.usedMs();
  const frames = await page.evaluate(watchFrames, [FRAMES, STEP_PX] as const);
  const cpuMs = (await processor.usedMs()) - beforeMs;
  const { state } = (await ask(page, 'jobs.list', { limit: 1 }))[0] ?? { state: 'none' };
  const still = await page.evaluate(watchFrames, [FRAMES, 0] as const);
  const wasBusy = folder ? (state === 'running' ? '' : ', which ended before') : '';
  await processor.stop();
  if (folder) await waitForJob(running);
  return [
    {
      name: `frames over 50 ms, ${FRAMES} of scrolling ${when}${wasBusy}`,
      value: frames.filter((ms) => ms > LONG_FRAME_MS).length,
      unit: 'frames',
      target: '0',
    },
    {
      name: 'the same without scrolling (the machine alone)',
      value: still.filter((ms) => ms > LONG_FRAME_MS).length,
      unit: 'frames',
    },
    { name: `99 % of frames ${when}`, value: quantile(frames, 0.99), unit: 'ms', target: '<= 50' },
    {
      name: `processor time of the window's thread, a frame of scrolling ${when}`,
      value: cpuMs / FRAMES,
      unit: 'CPU ms',
      target: '<= 50',
    },
  ];
}

async function waitForJob({ page }: RunningApp): Promise<void> {
  for (;;) {
    const [job] = await ask(page, 'jobs.list', { limit: 1 });
    if (job?.state !== 'running') return;
    await page.waitForTimeout(500);
  }
}

/** Runs in the window: how long each frame took while the table moved so far a frame, or stood still. */
async function watchFrames([count, stepPx]: readonly [number, number]): Promise<number[]> {
  const grid = document.querySelector<HTMLElement>('[role="grid"]')!;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  grid.scrollTop = 0;
  const frames: number[] = [];
  let last = await nextFrame();
  for (let i = 0; i < count; i++) {
    grid.scrollTop += stepPx;
    const now = await nextFrame();
    frames.push(now - last);
    last = now;
  }
  return frames;
}
