import type { RunningApp } from '../helpers/launch.ts';
import type { Busy } from './busy.ts';
import { quantile } from './numbers.ts';
import { watchProcessor } from './processor.ts';

const FRAMES = 600;
const STEP_PX = 240;
const LONG_FRAME_MS = 50;

/** Frames of a steady scroll through thousands of rows, while the engine is at `begin`'s work or idle. */
export async function measureScroll(
  running: RunningApp,
  when: string,
  begin?: () => Promise<Busy>,
) {
  const { page } = running;
  await page
    .getByRole('navigation', { name: 'Stages' })
    .getByRole('link', { name: /Collect/ })
    .click();
  await page.locator('[role="grid"] [aria-rowindex="2"]').waitFor();
  const busy = await begin?.();
  const processor = await watchProcessor(running);
  const beforeMs = await processor.usedMs();
  const frames = await page.evaluate(watchFrames, [FRAMES, STEP_PX] as const);
  const cpuMs = (await processor.usedMs()) - beforeMs;
  const wasBusy = busy && !(await busy.isRunning()) ? ', which ended before' : '';
  const still = await page.evaluate(watchFrames, [FRAMES, 0] as const);
  await processor.stop();
  await busy?.stop();
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
