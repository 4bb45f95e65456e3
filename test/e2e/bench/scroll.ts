import { join } from 'node:path';
import { ask, type RunningApp } from '../helpers/launch.ts';
import { writeRows } from './million.ts';
import { quantile } from './numbers.ts';

const FRAMES = 600;
const STEP_PX = 240;
const LONG_FRAME_MS = 50;
const MORE_ROWS = 200_000;
const FIRST_NEW_ROW = 2_000_000;

interface Frames {
  readonly frames: readonly number[];
  /** The same page without scrolling: what the machine itself does to frames. */
  readonly still: readonly number[];
}

/** Frames of a steady scroll through thousands of rows; with `folder` while a file is being imported. */
export async function measureScroll(running: RunningApp, when: string, folder?: string) {
  const { page } = running;
  await page.getByRole('link', { name: '1 Collect' }).click();
  await page.locator('[role="grid"] [aria-rowindex="2"]').waitFor();
  let isOver = () => true;
  if (folder) {
    const path = join(folder, 'more.jsonl');
    writeRows(path, FIRST_NEW_ROW, MORE_ROWS);
    await ask(page, 'collect.import', { path, mapping: { text: 'text', id: 'id' } });
    const jobs = () => ask(page, 'jobs.list', { limit: 1 });
    isOver = () => false;
    await jobs();
  }
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await taskSeconds(session);
  const { frames, still } = (await page.evaluate(scroll, [FRAMES, STEP_PX] as const)) as Frames;
  const cpuMs = ((await taskSeconds(session)) - before) * 1000;
  const { state } = (await ask(page, 'jobs.list', { limit: 1 }))[0] ?? { state: 'none' };
  const wasBusy = folder ? (state === 'running' ? '' : ', which ended before') : '';
  await session.detach();
  if (!isOver()) await waitForJob(running);
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
      name: `processor time of the window's thread a frame ${when}`,
      value: cpuMs / (2 * FRAMES),
      unit: 'CPU ms',
      target: '<= 16',
    },
  ];
}

interface Session {
  send(method: 'Performance.getMetrics'): Promise<{ metrics: { name: string; value: number }[] }>;
}

async function taskSeconds(session: Session): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

async function waitForJob({ page }: RunningApp): Promise<void> {
  for (;;) {
    const [job] = await ask(page, 'jobs.list', { limit: 1 });
    if (job?.state !== 'running') return;
    await page.waitForTimeout(500);
  }
}

/** Runs in the window: frame by frame down the table, then as many frames at rest. */
async function scroll([count, stepPx]: readonly [number, number]): Promise<Frames> {
  const grid = document.querySelector<HTMLElement>('[role="grid"]')!;
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const watch = async (move: () => void) => {
    const frames: number[] = [];
    let last = await nextFrame();
    for (let i = 0; i < count; i++) {
      move();
      const now = await nextFrame();
      frames.push(now - last);
      last = now;
    }
    return frames;
  };
  grid.scrollTop = 0;
  const frames = await watch(() => {
    grid.scrollTop += stepPx;
  });
  const still = await watch(() => undefined);
  return { frames, still };
}
