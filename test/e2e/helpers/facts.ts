import type { Page } from 'playwright-core';
import { webPreferences } from '../../../src/main/desktop/web-preferences.ts';
import type { RunningApp, TestWindow } from './launch.ts';
import { openListeners } from './listeners.ts';

/** What Electron's security checklist is about, as found in a running app. */
export interface Facts {
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly page: {
    readonly globals: readonly string[];
    readonly isBridgeFrozen: boolean;
    readonly bridgeKeys: readonly string[];
    readonly fetched: readonly string[];
    readonly canEval: boolean;
    readonly openedWindows: number;
    readonly urlAfterNavigation: string;
  };
  readonly isSpellChecking: boolean;
  /** How a request ends that is not for our own files. */
  readonly foreignRequest: string;
  /** What came to servers of the test on this computer. */
  readonly reached: { readonly connections: number; readonly packets: number };
  readonly answers: Readonly<Record<string, boolean>>;
  readonly switches: Readonly<Record<string, boolean>>;
  readonly served: Readonly<Record<string, number>>;
}

const askedPermissions = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as const;
const forbiddenGlobals = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'];

/** Ways out of a page that its policy does not name, or that are no request. Runs in the page. */
async function tryToReach([tcpPort, udpPort]: readonly [number, number]): Promise<void> {
  const address = `http://127.0.0.1:${tcpPort}`;
  for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'icon']) {
    const link = document.createElement('link');
    link.rel = rel;
    link.href = `${address}/${rel}`;
    document.head.append(link);
  }
  new Image().src = `${address}/image`;
  navigator.sendBeacon(`${address}/beacon`, 'text');
  const peer = new RTCPeerConnection({
    iceServers: [
      { urls: `stun:127.0.0.1:${udpPort}` },
      { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'a', credential: 'b' },
    ],
  });
  peer.createDataChannel('text');
  await peer.setLocalDescription(await peer.createOffer());
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  peer.close();
}

/** Looks at a window of a running app, and tries what must not work. */
export async function collectFacts({ app }: RunningApp, page: Page): Promise<Facts> {
  const response = await page.reload();
  await page.waitForLoadState('load');
  const permissions = await page.evaluate(async (names) => {
    const states: Record<string, string> = {};
    for (const name of names)
      states[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
    states.asked = await Notification.requestPermission();
    return states;
  }, askedPermissions);
  const inside = await page.evaluate(async (globals) => {
    const { stillroom } = globalThis as unknown as TestWindow;
    const fetched: string[] = [];
    for (const url of ['https://example.com/', 'http://127.0.0.1:9/', 'app://stillroom/index.html'])
      await fetch(url).then(
        () => fetched.push(url),
        () => undefined,
      );
    // In a task of its own: what a debugger evaluates is let through by Chromium itself.
    const canEval = await new Promise<boolean>((resolve) => {
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it does not work is what is tested
          globalThis.eval('1');
          resolve(true);
        } catch {
          resolve(false);
        }
      });
    });
    return {
      globals: globals.filter((name) => name in globalThis),
      isBridgeFrozen: Object.isFrozen(stillroom),
      bridgeKeys: Object.keys(stillroom).sort(),
      fetched,
      canEval,
    };
  }, forbiddenGlobals);

  const listeners = await openListeners();
  const { tcpPort, udpPort, counts } = listeners;
  const foreignRequest = await app.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'answered',
        (error) => String(error),
      ),
    `http://127.0.0.1:${tcpPort}/`,
  );
  await page.evaluate(tryToReach, [tcpPort, udpPort] as const);
  const reached = { ...counts };
  listeners.close();

  const countWindows = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const before = await countWindows();
  await page.evaluate(() => void window.open('https://example.com/'));
  await page.evaluate(() => void window.open('app://stillroom/index.html'));
  await page.waitForTimeout(300);
  const openedWindows = (await countWindows()) - before;
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.waitForTimeout(150);

  const handle = await app.browserWindow(page);
  const preferences = await handle.evaluate((window) => {
    // Not in Electron's types, but there since long before 33.
    const contents = window.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return JSON.parse(JSON.stringify(contents.getLastWebPreferences())) as Record<string, unknown>;
  });
  const main = await app.evaluate(async ({ app: own, BrowserWindow, ipcMain, session }) => {
    const { defaultSession } = session;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, CallableFunction> })
      ._invokeHandlers;
    const door = handlers.get('stillroom:call')!;
    const [window] = BrowserWindow.getAllWindows();
    const message = { method: 'desktop.info', input: {} };
    const url = 'app://stillroom/index.html';
    const from = async (frame: unknown, sent: unknown = message) =>
      (await door({ senderFrame: frame, sender: window!.webContents }, sent)).ok as boolean;
    const answers = {
      own: await from({ url, parent: null }),
      foreign: await from({ url: 'https://example.com/', parent: null }),
      lookalike: await from({ url: 'app://stillroom.example/index.html', parent: null }),
      child: await from({ url, parent: { url } }),
      gone: await from(null),
      malformed: await from({ url, parent: null }, { method: 7 }),
      extra: await from({ url, parent: null }, { ...message, more: 1 }),
    };
    const status = async (address: string) => {
      try {
        return (await defaultSession.fetch(address)).status;
      } catch {
        return 0;
      }
    };
    const served = {
      page: await status('app://stillroom/index.html'),
      traversal: await status('app://stillroom/..%2f..%2fpackage.json'),
      otherHost: await status('app://elsewhere/index.html'),
      otherType: await status('app://stillroom/main/engine.node'),
    };
    const switches = Object.fromEntries(
      ['host-resolver-rules', 'disable-background-networking', 'no-pings'].map((name) => [
        name,
        own.commandLine.hasSwitch(name),
      ]),
    );
    return { isSpellChecking: defaultSession.isSpellCheckerEnabled(), answers, served, switches };
  });
  return {
    ...main,
    // Electron does not tell every preference of a running page; those are as the app declares them.
    preferences: { ...webPreferences, ...preferences },
    headers: response?.headers() ?? {},
    permissions,
    page: { ...inside, openedWindows, urlAfterNavigation: page.url() },
    foreignRequest,
    reached,
  };
}
