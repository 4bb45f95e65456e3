import { existsSync } from 'node:fs';
import { app, type BrowserWindow, clipboard, dialog, nativeTheme, shell } from 'electron';
import { type DesktopMethods, desktopMethods } from '../../shared/contract/desktop.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/method.ts';
import type { Result } from '../../shared/contract/result.ts';
import { AppError } from '../../shared/errors.ts';
import type { EngineClient } from './engine-client.ts';
import { keys } from './keys.ts';
import { readLicences } from './licences.ts';
import type { createLocks } from './locks.ts';
import { readLog } from './log.ts';
import { passphrases } from './passphrases.ts';
import { readPreferences, rememberRecent, updatePreferences } from './preferences.ts';
import { changeSettings } from './settings.ts';

/** What the handlers work on: the window that asks, and what is beside it. */
export interface Desk {
  readonly window: BrowserWindow;
  readonly engine: EngineClient;
  readonly locks: ReturnType<typeof createLocks>;
}

type Handlers = {
  readonly [Name in keyof DesktopMethods]: (
    desk: Desk,
    input: ParsedInputOf<DesktopMethods, Name>,
  ) => OutputOf<DesktopMethods, Name> | Promise<OutputOf<DesktopMethods, Name>>;
};

/** Electron before this version stands in for the app's own, on machines that cannot download it. */
const OWN_ELECTRON_MAJOR = 40;

/** What only the desktop can do for a window: dialogs, the clipboard, what is remembered between runs. */
const handlers: Handlers = {
  'desktop.info'() {
    const { electron = '', chrome = '', node } = process.versions;
    return {
      version: app.getVersion(),
      platform: process.platform,
      isStandIn: Number(electron.split('.')[0]) < OWN_ELECTRON_MAJOR,
      versions: { electron, chrome, node },
    };
  },
  'desktop.recents': () =>
    readPreferences().recents.map((recent) => ({ ...recent, isMissing: !existsSync(recent.path) })),
  'desktop.remember'(_desk, { path }) {
    rememberRecent(path);
    app.addRecentDocument(path);
    return true;
  },
  'desktop.forget'(_desk, { path }) {
    updatePreferences((old) => ({
      ...old,
      recents: old.recents.filter((recent) => recent.path !== path),
    }));
    return true;
  },
  async 'desktop.chooseFile'({ window }, { title, filters, isFolder }) {
    const chosen = await dialog.showOpenDialog(window, {
      title,
      properties: isFolder ? ['openDirectory', 'createDirectory'] : ['openFile'],
      ...(filters ? { filters } : {}),
    });
    return { path: chosen.canceled ? null : (chosen.filePaths[0] ?? null) };
  },
  async 'desktop.chooseSavePath'({ window }, { title, defaultPath, filters }) {
    const chosen = await dialog.showSaveDialog(window, {
      title,
      ...(defaultPath ? { defaultPath } : {}),
      ...(filters ? { filters } : {}),
    });
    return { path: chosen.canceled ? null : chosen.filePath };
  },
  'desktop.showInFolder'(_desk, { path }) {
    shell.showItemInFolder(path);
    return true;
  },
  'desktop.copy'(_desk, { text }) {
    clipboard.writeText(text);
    return true;
  },
  'desktop.theme'(_desk, { theme }) {
    if (theme) {
      updatePreferences((old) => ({ ...old, theme }));
      nativeTheme.themeSource = theme;
    }
    return { theme: readPreferences().theme };
  },
  'desktop.rememberPassphrase'({ window, engine }) {
    const project = engine.projectOf(window.id);
    if (project?.passphrase === undefined)
      throw new AppError('app.usage', 'No encrypted project is open in this window.');
    passphrases.remember(project.path, project.passphrase);
    return true;
  },
  'desktop.settings': ({ engine }, change) => changeSettings(change, engine),
  'desktop.lock'({ window, locks }) {
    locks.lock(window.id);
    return true;
  },
  'desktop.unlock': ({ window, locks }, { passphrase }) => ({
    isOpen: locks.unlock(window.id, passphrase),
  }),
  'desktop.licences': () => readLicences(),
  'desktop.log': () => readLog(),
  'desktop.title'({ window }, { title }) {
    window.setTitle(title);
    return true;
  },
  'desktop.keys': () => keys.storage(),
  'desktop.saveKey'(_desk, { name, key }) {
    keys.save(name, key);
    return true;
  },
  'desktop.forgetKey'(_desk, { name }) {
    keys.forget(name);
    return true;
  },
};

/** Answers the `desktop.*` calls as values, since Electron mangles what is thrown. */
export async function answerDesktop(
  desk: Desk,
  method: string,
  input: unknown,
): Promise<Result<unknown>> {
  try {
    if (!isMethod(method)) throw new AppError('app.usage', `There is no ${method}.`);
    const parsed = desktopMethods[method].input.safeParse(input);
    if (!parsed.success)
      throw new AppError(
        'app.usage',
        `${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
      );
    // The table is total: the handler of a name takes what the schema of that name gives.
    const handle = handlers[method] as (desk: Desk, input: unknown) => unknown;
    return { ok: true, value: await handle(desk, parsed.data) };
  } catch (error) {
    const { code, message } =
      error instanceof AppError ? error : { code: 'app.bug' as const, message: String(error) };
    return { ok: false, error: { code, message, details: {} } };
  }
}

function isMethod(name: string): name is keyof DesktopMethods {
  return Object.hasOwn(desktopMethods, name);
}
