import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { createDesktopHandler } from './desktop-methods.ts';
import { openDoor, sendEvent } from './door.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { buildMenu } from './menu.ts';
import { readPreferences, updatePreferences } from './preferences.ts';
import { declareProtocol, serveFrom } from './protocol.ts';
import { lockContents, lockSession, silenceChromium } from './security.ts';
import { createWindow } from './window.ts';

const projectExtension = '.stillroom';

/** Starts the app: one instance, everything locked before the first page, the engine beside it. */
export function start(): void {
  const outFolder = join(import.meta.dirname, '../..');
  declareProtocol();
  silenceChromium();
  // Chromium can't sandbox a process of root's, as in a container; there it is asked to do without.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents));

  let engine: EngineClient | undefined;
  const open = (path?: string) => openWindow(outFolder, path);
  app.on('second-instance', (_event, argv) => open(projectIn(argv)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('quit', () => engine?.stop());

  void app.whenReady().then(() => {
    lockSession();
    serveFrom(join(outFolder, 'renderer'));
    nativeTheme.themeSource = readPreferences().theme;
    const client = createEngineClient(join(outFolder, 'main'));
    engine = client;
    const desktop = createDesktopHandler();
    openDoor((window, method, input) =>
      method.startsWith('desktop.')
        ? desktop(window, method, input)
        : client.call(window.id, method, input),
    );
    client.onEvent((session, event) => {
      const window = BrowserWindow.fromId(session);
      if (window) sendEvent(window, event);
    });
    client.onRestart(() => {
      for (const window of BrowserWindow.getAllWindows())
        sendEvent(window, {
          kind: 'engine',
          state: 'restarted',
          message:
            'The engine stopped and was started again. Finished work is kept; interrupted jobs can be resumed.',
        });
    });
    app.on('browser-window-created', (_event, window) => {
      window.on('closed', () => client.closeSession(window.id));
    });
    buildMenu({
      newWindow: () => open(),
      send: (command) => {
        const window = BrowserWindow.getFocusedWindow();
        if (window) sendEvent(window, { kind: 'command', command });
      },
    });
    open(projectIn(process.argv));
  });
}

function openWindow(outFolder: string, projectPath: string | undefined): void {
  const window = createWindow(outFolder, readPreferences().window);
  window.on('close', () => {
    const bounds = window.getNormalBounds();
    const isMaximized = window.isMaximized();
    updatePreferences((old) => ({ ...old, window: { bounds, isMaximized } }));
  });
  if (projectPath)
    window.webContents.once('did-finish-load', () =>
      sendEvent(window, { kind: 'opened', path: projectPath }),
    );
}

function projectIn(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((word) => word.endsWith(projectExtension));
}
