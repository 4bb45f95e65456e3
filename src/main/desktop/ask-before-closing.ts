import { app, type BrowserWindow, dialog } from 'electron';
import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobEvent } from '../../shared/contract/wire.ts';

const KEEP = 0;
const PAUSE = 1;

export interface Closing {
  /** Call when the window's job has ended: it closes where that was asked for. */
  jobEnded(): void;
}

/**
 * Asks before a window with a job at work is closed: the job can be let alone, paused, so that it goes on at the next
 * opening, or finished first. Quitting the app asks window by window.
 */
export function askBeforeClosing(
  window: BrowserWindow,
  runningJob: () => JobEvent | undefined,
  tell: (message: string) => void,
): Closing {
  let isSure = false;
  let closesAtEnd = false;
  let wasQuitting = false;
  let isQuitting = false;
  const onQuit = () => {
    isQuitting = true;
  };
  app.on('before-quit', onQuit);
  window.on('closed', () => app.off('before-quit', onQuit));

  window.on('close', (event) => {
    const job = runningJob();
    if (!job || isSure) return;
    event.preventDefault();
    wasQuitting = isQuitting;
    isQuitting = false;
    void ask(window, job).then((answer) => {
      if (answer === KEEP) return;
      if (answer === PAUSE) return closeNow();
      closesAtEnd = true;
      tell(`Stillroom closes as soon as this has ended: ${jobTitle(job.kind)}.`);
      if (!runningJob()) closeNow();
    });
  });

  function closeNow(): void {
    isSure = true;
    if (wasQuitting) app.quit();
    else window.close();
  }

  return {
    jobEnded() {
      if (closesAtEnd) closeNow();
    },
  };
}

async function ask(window: BrowserWindow, { kind }: JobEvent): Promise<number> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'A job is still running',
    message: `A ${kind} job is still running.`,
    detail:
      'Paused, it goes on where it stopped when the project is opened again; what it has finished is kept.',
    buttons: ['Keep the window open', 'Pause and close', 'Close when it is finished'],
    defaultId: KEEP,
    cancelId: KEEP,
  });
  return response;
}
