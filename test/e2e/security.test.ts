import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checklist, judge } from './helpers/checklist.ts';
import { collectFacts, type Facts } from './helpers/facts.ts';
import { launch, type RunningApp } from './helpers/launch.ts';

let running: RunningApp;
let facts: Facts;
beforeAll(async () => {
  running = await launch();
  facts = await collectFacts(running, running.page);
});
afterAll(() => {
  // Everything that was tried and refused is told there.
  running.complaints.length = 0;
  return running.close();
});

describe("Electron's security checklist, in the running app", () => {
  test.each(checklist)('$id', (item) => {
    expect(item.isKept(facts), JSON.stringify(facts, null, 1)).toBe(true);
  });
});

describe('a misconfiguration in a real window goes red', () => {
  test.each<[string, Record<string, unknown>]>([
    ['sandbox', { sandbox: false }],
    ['contextIsolation', { contextIsolation: false, sandbox: false }],
    ['nodeIntegration', { nodeIntegration: true, sandbox: false }],
    ['nodeIntegrationInSubFrames', { nodeIntegrationInSubFrames: true }],
    ['webSecurity', { webSecurity: false }],
    ['allowRunningInsecureContent', { allowRunningInsecureContent: true }],
    ['experimentalFeatures', { experimentalFeatures: true }],
    ['webviewTag', { webviewTag: true }],
    ['no Blink features', { enableBlinkFeatures: 'PreciseMemoryInfo' }],
  ])('%s', async (id, planted) => {
    const preferences = await running.app.evaluate(
      ({ BrowserWindow }, webPreferences) => {
        const safe = { sandbox: true, contextIsolation: true, spellcheck: false };
        const window = new BrowserWindow({
          show: false,
          webPreferences: { ...safe, ...webPreferences },
        });
        // Not in Electron's types, but there since long before 33.
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        const found = JSON.parse(JSON.stringify(contents.getLastWebPreferences()));
        window.destroy();
        return found as Record<string, unknown>;
      },
      planted as Record<string, string | boolean>,
    );
    expect(judge({ ...facts, preferences })).toContain(id);
  });
});

describe('a misconfiguration that Electron does not tell goes red in what the app declares', () => {
  test.each(['nodeIntegrationInWorker', 'navigateOnDragDrop', 'spellcheck'])('%s', (id) => {
    expect(judge({ ...facts, preferences: { ...facts.preferences, [id]: true } })).toEqual([id]);
  });
});

describe('a weakened policy goes red', () => {
  const policy = () => facts.headers['content-security-policy']!;
  test.each<[string, (policy: string) => string]>([
    ['scripts', (p) => p.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")],
    ['scripts', (p) => p.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'")],
    ['no remote source', (p) => p.replace("img-src 'self'", "img-src 'self' https://cdn.example")],
    ['connections', (p) => p.replace("connect-src 'none'", "connect-src 'self'")],
    ['no remote source', (p) => p.replace("connect-src 'none'", 'connect-src *')],
    ['default policy', (p) => p.replace("default-src 'none'", "default-src 'self'")],
    ['plug-ins', (p) => p.replace("object-src 'none'", "object-src 'self'")],
    ['base address', (p) => p.replace("; base-uri 'none'", '')],
    ['forms', (p) => p.replace("form-action 'none'", "form-action 'self'")],
    ['framing', (p) => p.replace("; frame-ancestors 'none'", '')],
    ['default policy', () => ''],
  ])('%s', (id, weaken) => {
    const weak = weaken(policy());
    expect(weak).not.toBe(policy());
    expect(
      judge({ ...facts, headers: { ...facts.headers, 'content-security-policy': weak } }),
    ).toContain(id);
  });
});

// Last, since each leaves the app open to what it plants; every one is a real change of the running app.
describe('a handler taken away goes red', () => {
  test.each<[string, (running: RunningApp) => Promise<unknown>]>([
    [
      'permissions',
      ({ app }) =>
        app.evaluate(({ session }) => {
          session.defaultSession.setPermissionCheckHandler(() => true);
          session.defaultSession.setPermissionRequestHandler((_c, _p, answer) => answer(true));
        }),
    ],
    [
      'spell checker',
      ({ app }) =>
        app.evaluate(({ session }) => session.defaultSession.setSpellCheckerEnabled(true)),
    ],
    [
      'message from foreign',
      ({ app }) =>
        app.evaluate(({ ipcMain }) => {
          ipcMain.removeHandler('stillroom:call');
          ipcMain.handle('stillroom:call', () => ({ ok: true, value: {} }));
        }),
    ],
    [
      'no new windows',
      ({ app }) =>
        app.evaluate(({ BrowserWindow }) => {
          for (const { webContents } of BrowserWindow.getAllWindows())
            webContents.setWindowOpenHandler(() => ({ action: 'allow' }));
        }),
    ],
    [
      'no packet from a page',
      ({ app }) =>
        app.evaluate(({ BrowserWindow }) => {
          for (const { webContents } of BrowserWindow.getAllWindows())
            webContents.setWebRTCIPHandlingPolicy('default');
        }),
    ],
    [
      'requests filtered',
      ({ app }) =>
        app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null)),
    ],
  ])('%s', async (id, plant) => {
    await plant(running);
    expect(judge(await collectFacts(running, running.page))).toContain(id);
  });
});
