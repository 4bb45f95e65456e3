import { SingleBar } from 'cli-progress';
import type { Progress } from '../lib/work.ts';

const LINE_INTERVAL_MS = 2_000;

/** Shows progress on standard error: a bar with the time left on a terminal, now and then a line elsewhere. */
export function createProgressView(): { report(progress: Progress): void; clear(): void } {
  return process.stderr.isTTY ? createBar() : createLines();
}

function createBar() {
  let bar: SingleBar | undefined;
  let message = '';
  const clear = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    report(progress: Progress) {
      if (progress.message !== message) clear();
      message = progress.message;
      if (!bar) {
        bar = new SingleBar({
          format: '{message} {bar} {percentage} % {left}',
          barCompleteChar: '█',
          barIncompleteChar: '░',
          barsize: 24,
          clearOnComplete: true,
          hideCursor: true,
          linewrap: false,
          stream: process.stderr,
        });
        bar.start(progress.total ?? 0, 0, { message, left: '' });
        timer = createTimer();
      }
      bar.setTotal(progress.total ?? Math.max(progress.done, 1));
      bar.update(progress.done, { message, left: timer(progress) });
    },
    clear,
  };
}

let timer = createTimer();

function createLines() {
  let lastMs = 0;
  let message = '';
  return {
    report(progress: Progress) {
      const nowMs = Date.now();
      const isNewStep = progress.message !== message;
      if (isNewStep) timer = createTimer();
      const left = timer(progress);
      if (!isNewStep && nowMs - lastMs < LINE_INTERVAL_MS) return;
      lastMs = nowMs;
      message = progress.message;
      const count =
        progress.total === null ? `${progress.done}` : `${progress.done} of ${progress.total}`;
      process.stderr.write(`${message}: ${count}${left && `, ${left}`}\n`);
    },
    clear: () => undefined,
  };
}

/** Words for the time left, from the rate since the step began; silent until there is something to go by. */
function createTimer(): (progress: Progress) => string {
  const startMs = Date.now();
  return ({ done, total }) => {
    const elapsedMs = Date.now() - startMs;
    if (total === null || done <= 0 || done >= total || elapsedMs < 1_000) return '';
    const seconds = Math.ceil(((elapsedMs / done) * (total - done)) / 1_000);
    return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
  };
}
