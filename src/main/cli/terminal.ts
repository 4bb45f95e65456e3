import { SingleBar } from 'cli-progress';
import type { Progress } from '../lib/work.ts';

const FIRST_GAP_MS = 2_000;
const MOST_GAP_MS = 60_000;

/** Shows progress on standard error: a bar with the time left on a terminal, now and then a line elsewhere. */
export function createProgressView(stream: NodeJS.WriteStream = process.stderr): {
  report(progress: Progress): void;
  clear(): void;
} {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: NodeJS.WriteStream) {
  let bar: SingleBar | undefined;
  const timer = createTimer();
  const clear = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    report(progress: Progress) {
      const { left, isNewStep } = timer(progress);
      if (isNewStep) clear();
      if (!bar) {
        bar = new SingleBar({
          format: '{message} {bar} {percentage} % {left}',
          barCompleteChar: '█',
          barIncompleteChar: '░',
          barsize: 24,
          clearOnComplete: true,
          hideCursor: true,
          linewrap: false,
          stream,
        });
        bar.start(progress.total ?? 0, 0, { message: progress.message, left });
      }
      bar.setTotal(progress.total ?? Math.max(progress.done, 1));
      bar.update(progress.done, { message: progress.message, left });
    },
    clear,
  };
}

/** Ever rarer, whatever the steps: a log of an hour has some seventy lines. */
function createLines(stream: NodeJS.WriteStream) {
  let lastMs = Number.NEGATIVE_INFINITY;
  let gapMs = FIRST_GAP_MS / 2;
  const timer = createTimer();
  return {
    report(progress: Progress) {
      const { left } = timer(progress);
      if (Date.now() - lastMs < gapMs) return;
      lastMs = Date.now();
      gapMs = Math.min(2 * gapMs, MOST_GAP_MS);
      const { done, total, message } = progress;
      const count = total === null ? `${done}` : `${done} of ${total}`;
      stream.write(`${message}: ${count}${left && `, ${left}`}\n`);
    },
    clear: () => undefined,
  };
}

/**
 * Tells when a new step begins (another total, or less done than before; a message may change within a step) and,
 * from the rate since then, how long it has left; silent until there is something to go by.
 */
function createTimer(): (progress: Progress) => { left: string; isNewStep: boolean } {
  let startMs = 0;
  let last: Progress | undefined;
  return (progress) => {
    const { done, total } = progress;
    const isNewStep = last === undefined || total !== last.total || done < last.done;
    last = progress;
    if (isNewStep) startMs = Date.now();
    const elapsedMs = Date.now() - startMs;
    if (total === null || done <= 0 || done >= total || elapsedMs < 1_000)
      return { left: '', isNewStep };
    const seconds = Math.ceil(((elapsedMs / done) * (total - done)) / 1_000);
    const left = seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
    return { left, isNewStep };
  };
}
