import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { answerAll } from './answer-all.ts';
import { askBeforeClosing, type Closing } from './ask-before-closing.ts';
import { openDoor, sendEvent } from './door.ts';
import { createEngineClient } from './engine-client.ts';
import { openGivenFiles } from './given-files.ts';
import { createLocks } from './locks.ts';
import { log } from './log.ts';
import { buildMenu } from './menu.ts';
import { onPreferences, readPreferences } from './preferences.ts';
import { createProjectWindows } from './project-windows.ts';
import { declareProtocol, serveFrom } from './protocol.ts';
import { lockContents, lockSession, silenceChromium } from './security.ts';
import { changeSettings } from './settings.ts';
import { tellRestart } from './tell-restart.ts';
import { createJobWatch } from './watch-jobs.ts';

/** Starts the app: one instance, everything locked before the first page, the engine beside it. */
export function start(): void {
  declareProtocol();
  silenceChromium();
  // Chromium can't sandbox a process of root's, as in a container; there it is asked to do without.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(run);
}

function run(): void {
  const outFolder = join(import.meta.dirname, '../..');
  lockSession();
  serveFrom(join(outFolder, 'renderer'));
  nativeTheme.themeSource = readPreferences().theme;
  log({ event: 'start', version: app.getVersion(), electron: process.versions.electron ?? '' });

  const engine = createEngineClient(join(outFolder, 'main'));
  engine.setOffline(readPreferences().settings.isOffline);
  const jobs = createJobWatch();
  const closings = new Map<number, Closing>();
  const windows = createProjectWindows(outFolder, (id) => engine.projectOf(id)?.path);
  const locks = createLocks({
    windows: () => BrowserWindow.getAllWindows().map(({ id }) => id),
    projectOf: engine.projectOf,
    lockAfterMinutes: () => readPreferences().settings.lockAfterMinutes,
    tell(id, lock) {
      const window = BrowserWindow.fromId(id);
      if (window) sendEvent(window, { kind: 'lock', lock });
    },
  });
  locks.watch();

  openDoor(answerAll(engine, locks));
  engine.onEvent((session, event) => {
    const window = BrowserWindow.fromId(session);
    jobs.hear(session, event, window);
    if (window) sendEvent(window, event);
    if (!jobs.of(session)) closings.get(session)?.jobEnded();
  });
  engine.onDeath((exitCode) => log({ event: 'engine-died', exitCode }));
  engine.onRestart((isBack) => {
    log({ event: isBack ? 'engine-back' : 'engine-given-up' });
    const interrupted = jobs.takeAll();
    for (const window of BrowserWindow.getAllWindows()) {
      window.setProgressBar(-1);
      sendEvent(window, tellRestart(isBack, interrupted.get(window.id)));
      closings.get(window.id)?.jobEnded();
    }
  });

  app.on('browser-window-created', (_event, window) => {
    const { id } = window;
    // The first page comes before the engine: both at once would share the processor, and the page needs none yet.
    window.once('ready-to-show', engine.wake);
    const tell = (message: string) => sendEvent(window, { kind: 'notice', message });
    closings.set(
      id,
      askBeforeClosing(window, () => jobs.of(id), tell),
    );
    window.webContents.on('render-process-gone', (_gone, { exitCode }) =>
      log({ event: 'page-died', exitCode }),
    );
    window.on('closed', () => {
      for (const known of [jobs, locks]) known.forget(id);
      closings.delete(id);
      engine.closeSession(id);
    });
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.openNew();
  });

  const drawMenu = () =>
    buildMenu({
      recents: readPreferences().recents.map(({ path }) => path),
      isOffline: readPreferences().settings.isOffline,
      newWindow: () => windows.openNew(),
      open: windows.show,
      setOffline: (isOffline) => changeSettings({ isOffline }, engine),
      lock: () => {
        const window = BrowserWindow.getFocusedWindow();
        if (window) locks.lock(window.id);
      },
      send(command) {
        const window = BrowserWindow.getFocusedWindow();
        if (window) sendEvent(window, { kind: 'command', command });
      },
    });
  onPreferences(drawMenu);
  drawMenu();
  openGivenFiles((path) => (path ? windows.show(path) : windows.openNew()));
  stopWithGrace(engine.stop);
}

/** The app ends when the engine has closed the projects, and not before. */
function stopWithGrace(stop: () => Promise<void>): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void stop().then(() => {
      isStopped = true;
      log({ event: 'quit' });
      app.quit();
    });
  });
}
