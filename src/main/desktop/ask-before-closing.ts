import { type BrowserWindow, dialog } from 'electron';

/** Asks before a window with a job at work is closed: the job stops, and what it finished is kept. */
export function askBeforeClosing(
  window: BrowserWindow,
  runningKind: () => string | undefined,
): void {
  let isSure = false;
  window.on('close', (event) => {
    const kind = runningKind();
    if (kind === undefined || isSure) return;
    event.preventDefault();
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        title: 'A job is still running',
        message: `A ${kind} job is still running.`,
        detail:
          'If you close the window now, it stops. What it has finished is kept, and it can be resumed when the project is open again.',
        buttons: ['Keep it running', 'Stop and close'],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response !== 1) return;
        isSure = true;
        window.close();
      });
  });
}
