import { BrowserWindow } from 'electron';
import { sendEvent } from './door.ts';
import { readPreferences, updatePreferences } from './preferences.ts';
import { createWindow } from './window.ts';

/** Opens windows; a project that a window has open already, or could open, gets no window of its own. */
export function createProjectWindows(
  outFolder: string,
  pathOf: (window: number) => string | undefined,
) {
  function openNew(path?: string): void {
    const window = createWindow(outFolder, readPreferences().window);
    window.on('close', () => {
      const bounds = window.getNormalBounds();
      const isMaximized = window.isMaximized();
      updatePreferences((old) => ({ ...old, window: { bounds, isMaximized } }));
    });
    if (path)
      window.webContents.once('did-finish-load', () => sendEvent(window, { kind: 'opened', path }));
  }

  return {
    openNew,
    /** Shows a project in the window that has it, else in one that has none, else in a new one. */
    show(path: string): void {
      const windows = BrowserWindow.getAllWindows();
      const same = windows.find(({ id }) => pathOf(id) === path);
      const empty = windows.find(({ id }) => pathOf(id) === undefined);
      const window = same ?? empty;
      if (!window) {
        openNew(path);
        return;
      }
      if (!same) sendEvent(window, { kind: 'opened', path });
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}
