import { z } from 'zod';
import { type Provider, providers } from '../domain/provider.ts';
import type { Licence } from './licence.ts';
import { type InputOf, method, type OutputOf } from './method.ts';

export interface DesktopInfo {
  readonly version: string;
  readonly platform: string;
  /** The development stand-in runs instead of the app's own Electron. */
  readonly isStandIn: boolean;
  readonly versions: {
    readonly electron: string;
    readonly chrome: string;
    readonly node: string;
  };
}

export interface RecentProject {
  readonly path: string;
  readonly openedAtMs: number;
  readonly isMissing: boolean;
}

export type Theme = 'system' | 'light' | 'dark';

/** Whether keys can be kept safely here; where not, they are asked for each time and never written. */
export interface KeyStorage {
  readonly isSafe: boolean;
  readonly reason: string | null;
  /** Names of the keys that are kept. */
  readonly names: readonly string[];
}

/** How the app behaves in every window. */
export interface DesktopSettings {
  /** `high` draws stronger lines and texts even where the system does not ask for them. */
  readonly contrast: 'system' | 'high';
  /** Without a key or a movement of the mouse for so long, what is open is covered; null is never. */
  readonly lockAfterMinutes: number | null;
  /** The gate is closed for all projects. */
  readonly isOffline: boolean;
  /** What fine-tunes encoders. */
  readonly provider: Provider;
}

/** Why a window shows nothing: an encrypted project wants its passphrase again, another only a click. */
export interface Lock {
  readonly needsPassphrase: boolean;
}

const filters = z
  .array(z.strictObject({ name: z.string(), extensions: z.array(z.string()) }))
  .optional();
const keyName = z.string().trim().min(1).max(200);

/** What only the desktop can do for a window; answered by the main process, never by the engine. */
export const desktopMethods = {
  'desktop.info': method<DesktopInfo>()(z.strictObject({})),
  'desktop.recents': method<readonly RecentProject[]>()(z.strictObject({})),
  'desktop.remember': method<true>()(z.strictObject({ path: z.string() })),
  'desktop.forget': method<true>()(z.strictObject({ path: z.string() })),
  /** The chosen path, or null when closed. */
  'desktop.chooseFile': method<{ readonly path: string | null }>()(
    z.strictObject({ title: z.string(), filters, isFolder: z.boolean().optional() }),
  ),
  'desktop.chooseSavePath': method<{ readonly path: string | null }>()(
    z.strictObject({ title: z.string(), defaultPath: z.string().optional(), filters }),
  ),
  'desktop.showInFolder': method<true>()(z.strictObject({ path: z.string() })),
  'desktop.copy': method<true>()(z.strictObject({ text: z.string().max(1_000_000) })),
  /** Sets the theme when one is given; answers the one in force. */
  'desktop.theme': method<{ readonly theme: Theme }>()(
    z.strictObject({ theme: z.enum(['system', 'light', 'dark']).optional() }),
  ),
  /** Changes what is given; answers all. Every window hears of a change as a `settings` event. */
  'desktop.settings': method<DesktopSettings>()(
    z.strictObject({
      contrast: z.enum(['system', 'high']).optional(),
      lockAfterMinutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .nullable()
        .optional(),
      isOffline: z.boolean().optional(),
      provider: z.enum(providers).optional(),
    }),
  ),
  /** Locks the window now; nothing else is answered until it is unlocked. */
  'desktop.lock': method<true>()(z.strictObject({})),
  /** False when the passphrase is not the project's. */
  'desktop.unlock': method<{ readonly isOpen: boolean }>()(
    z.strictObject({ passphrase: z.string().max(10_000).optional() }),
  ),
  /** What the app consists of, and under which licences. */
  'desktop.licences': method<readonly Licence[]>()(z.strictObject({})),
  /** The last lines of the app's log, which holds no data. */
  'desktop.log': method<readonly string[]>()(z.strictObject({})),
  /** Title bar; `isEdited` while something is not saved. */
  'desktop.title': method<true>()(z.strictObject({ title: z.string().max(300) })),
  'desktop.keys': method<KeyStorage>()(z.strictObject({})),
  /** @throws refused when only a plain-text backend exists */
  'desktop.saveKey': method<true>()(
    z.strictObject({ name: keyName, key: z.string().min(1).max(10_000) }),
  ),
  /** Keeps the passphrase of the project that is open here, so that this computer opens it without asking. */
  'desktop.rememberPassphrase': method<true>()(z.strictObject({})),
  'desktop.forgetKey': method<true>()(z.strictObject({ name: keyName })),
};

export type DesktopMethods = typeof desktopMethods;
export type DesktopMethodName = keyof DesktopMethods;
export type DesktopInput<Name extends DesktopMethodName> = InputOf<DesktopMethods, Name>;
export type DesktopOutput<Name extends DesktopMethodName> = OutputOf<DesktopMethods, Name>;
