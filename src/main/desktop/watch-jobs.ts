import { type BrowserWindow, Notification } from 'electron';
import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobEvent, WireEvent } from '../../shared/contract/wire.ts';
import { log } from './log.ts';

/** A job that took less is not worth a notification. */
const LONG_JOB_MS = 10_000;
/** Electron's number for "at work, nobody knows how far". */
const INDETERMINATE = 2;

const endWords = { done: 'finished', failed: 'failed', cancelled: 'cancelled' } as const;

/** Follows the jobs of every window: on the taskbar, in a notification where nobody looks, in the log. */
export function createJobWatch() {
  const running = new Map<number, JobEvent>();
  return {
    hear(session: number, event: WireEvent, window: BrowserWindow | null): void {
      if (event.kind !== 'job') return;
      const { job } = event;
      if (job.state === 'running') {
        running.set(session, job);
        window?.setProgressBar(job.total ? Math.min(1, job.done / job.total) : INDETERMINATE);
        return;
      }
      running.delete(session);
      window?.setProgressBar(-1);
      const tookMs = Date.now() - job.startedAtMs;
      const { kind, state, error } = job;
      const code = error ? { code: error.code } : {};
      log({ event: 'job', kind, state, seconds: Math.round(tookMs / 1000), ...code });
      if (window && !window.isFocused() && tookMs >= LONG_JOB_MS) notify(window, job);
    },
    /** What was at work when the engine died. */
    takeAll(): Map<number, JobEvent> {
      const all = new Map(running);
      running.clear();
      return all;
    },
    forget: (session: number) => void running.delete(session),
    of: (session: number): JobEvent | undefined => running.get(session),
  };
}

/** Says which kind of job ended, and nothing of what it was about: others may see the screen. */
function notify(window: BrowserWindow, { kind, state }: JobEvent): void {
  if (!Notification.isSupported() || state === 'running') return;
  const body = `${jobTitle(kind)} ${endWords[state]}.`;
  const notification = new Notification({ title: 'Stillroom', body });
  notification.on('click', () => window.show());
  notification.show();
}
