import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import type { WireEvent } from '../../shared/contract/wire.ts';
import { askBeforeClosing } from './ask-before-closing.ts';
import { answerDesktop } from './desktop-methods.ts';
import { openDoor, sendEvent } from './door.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { readKey } from './keys.ts';
import { buildMenu } from './menu.ts';
import { readPreferences, updatePreferences } from './preferences.ts';
import { declareProtocol, serveFrom } from './protocol.ts';
import { createRunningJobs } from './running-jobs.ts';
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
  const jobs = createRunningJobs();
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
    openDoor((window, method, input) =>
      method.startsWith('desktop.')
        ? answerDesktop(window, method, input)
        : client.call(window.id, method, withKey(input)),
    );
    client.onEvent((session, event) => {
      jobs.hear(session, event);
      const window = BrowserWindow.fromId(session);
      if (window) sendEvent(window, event);
    });
    client.onRestart((isBack) => {
      jobs.forgetAll();
      for (const window of BrowserWindow.getAllWindows()) sendEvent(window, restartEvent(isBack));
    });
    app.on('browser-window-created', (_event, window) => {
      const { id } = window;
      askBeforeClosing(window, () => jobs.of(id));
      window.on('closed', () => {
        jobs.forget(id);
        client.closeSession(id);
      });
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

function restartEvent(isBack: boolean): WireEvent {
  return isBack
    ? {
        kind: 'engine',
        state: 'restarted',
        message:
          'The engine stopped and was started again. Finished work is kept; interrupted jobs can be resumed.',
      }
    : {
        kind: 'engine',
        state: 'lost',
        message:
          'The engine keeps stopping and was not started again. Finished work is kept; close Stillroom and open it anew.',
      };
}

/** Puts a kept key in where a call names one, so that no window ever holds it. */
function withKey(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('keyName' in input)) return input;
  const apiKey = typeof input.keyName === 'string' ? readKey(input.keyName) : undefined;
  return apiKey === undefined ? input : { ...input, apiKey };
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
