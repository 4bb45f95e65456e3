import { existsSync } from 'node:fs';
import {
  app,
  type BrowserWindow,
  clipboard,
  dialog,
  Notification,
  nativeTheme,
  shell,
} from 'electron';
import { z } from 'zod';
import type { Result } from '../../shared/contract/result.ts';
import { readPreferences, rememberRecent, updatePreferences } from './preferences.ts';

const filterSchema = z
  .array(z.object({ name: z.string(), extensions: z.array(z.string()) }))
  .optional();

type Method = (window: BrowserWindow, input: unknown) => unknown;

/** What only the desktop can do for a window: dialogs, the clipboard, what is remembered between runs. */
const methods: Readonly<Record<string, Method>> = {
  'desktop.info': () => ({
    version: app.getVersion(),
    platform: process.platform,
    isStandIn: Number(process.versions.electron?.split('.')[0]) < 40,
    versions: {
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      node: process.versions.node,
    },
  }),
  'desktop.recents': () =>
    readPreferences().recents.map((recent) => ({ ...recent, isMissing: !existsSync(recent.path) })),
  'desktop.remember': (_window, input) =>
    rememberRecent(z.object({ path: z.string() }).parse(input).path),
  'desktop.forget': (_window, input) => {
    const { path } = z.object({ path: z.string() }).parse(input);
    updatePreferences((old) => ({
      ...old,
      recents: old.recents.filter((recent) => recent.path !== path),
    }));
  },
  'desktop.chooseFile': async (window, input) => {
    const { title, filters, isFolder } = z
      .object({ title: z.string(), filters: filterSchema, isFolder: z.boolean().optional() })
      .parse(input);
    const chosen = await dialog.showOpenDialog(window, {
      title,
      properties: isFolder ? ['openDirectory', 'createDirectory'] : ['openFile'],
      ...(filters ? { filters } : {}),
    });
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  },
  'desktop.chooseSavePath': async (window, input) => {
    const { title, defaultPath, filters } = z
      .object({ title: z.string(), defaultPath: z.string().optional(), filters: filterSchema })
      .parse(input);
    const chosen = await dialog.showSaveDialog(window, {
      title,
      ...(defaultPath ? { defaultPath } : {}),
      ...(filters ? { filters } : {}),
    });
    return chosen.canceled ? null : chosen.filePath;
  },
  'desktop.showInFolder': (_window, input) =>
    shell.showItemInFolder(z.object({ path: z.string() }).parse(input).path),
  'desktop.copy': (_window, input) =>
    clipboard.writeText(z.object({ text: z.string().max(1_000_000) }).parse(input).text),
  'desktop.theme': (_window, input) => {
    const { theme } = z
      .object({ theme: z.enum(['system', 'light', 'dark']).optional() })
      .parse(input);
    if (theme) {
      updatePreferences((old) => ({ ...old, theme }));
      nativeTheme.themeSource = theme;
    }
    return readPreferences().theme;
  },
  'desktop.progress': (window, input) => {
    const { fraction } = z.object({ fraction: z.number().min(-1).max(1) }).parse(input);
    window.setProgressBar(fraction);
  },
  'desktop.notify': (window, input) => {
    const { title, body } = z
      .object({ title: z.string().max(100), body: z.string().max(200) })
      .parse(input);
    if (window.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => window.show());
    notification.show();
  },
};

/** Answers the `desktop.*` calls as values, since Electron mangles what is thrown. */
export function createDesktopHandler() {
  return async (
    window: BrowserWindow,
    method: string,
    input: unknown,
  ): Promise<Result<unknown>> => {
    const run = methods[method];
    if (!run)
      return {
        ok: false,
        error: { code: 'app.usage', message: `There is no ${method}.`, details: {} },
      };
    try {
      return { ok: true, value: (await run(window, input)) ?? null };
    } catch (error) {
      return {
        ok: false,
        error: { code: 'app.bug', message: (error as Error).message, details: {} },
      };
    }
  };
}
