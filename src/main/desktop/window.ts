import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WindowState } from './preferences.ts';
import { pageOrigin } from './security.ts';
import { webPreferences } from './web-preferences.ts';

const MINIMUM = { width: 1024, height: 700 };

/** Opens a window: sandboxed, isolated, without Node, where the last one stood. */
export function createWindow(outFolder: string, state: WindowState | undefined): BrowserWindow {
  const window = new BrowserWindow({
    ...(state && isOnScreen(state) ? state.bounds : { width: 1280, height: 800 }),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    show: false,
    title: 'Stillroom',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14191a' : '#ffffff',
    webPreferences: { ...webPreferences, preload: join(outFolder, 'preload/index.cjs') },
  });
  if (state?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${pageOrigin}/index.html`);
  return window;
}

/** A screen may have gone since; a window that nobody can reach is opened in the middle instead. */
function isOnScreen({ bounds }: WindowState): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const isInside = bounds.x >= workArea.x - 50 && bounds.y >= workArea.y - 50;
    return (
      isInside &&
      bounds.x < workArea.x + workArea.width - 100 &&
      bounds.y < workArea.y + workArea.height - 100
    );
  });
}
