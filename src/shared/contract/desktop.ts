import { z } from 'zod';
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
  /** On the taskbar; -1 takes it away. */
  'desktop.progress': method<true>()(z.strictObject({ fraction: z.number().min(-1).max(1) })),
  /** Only when the window is not in front; never with text of a record. */
  'desktop.notify': method<true>()(
    z.strictObject({ title: z.string().max(100), body: z.string().max(200) }),
  ),
  /** Title bar; `isEdited` while something is not saved. */
  'desktop.title': method<true>()(z.strictObject({ title: z.string().max(300) })),
  'desktop.keys': method<KeyStorage>()(z.strictObject({})),
  /** @throws refused when only a plain-text backend exists */
  'desktop.saveKey': method<true>()(
    z.strictObject({ name: keyName, key: z.string().min(1).max(10_000) }),
  ),
  'desktop.forgetKey': method<true>()(z.strictObject({ name: keyName })),
};

export type DesktopMethods = typeof desktopMethods;
export type DesktopMethodName = keyof DesktopMethods;
export type DesktopInput<Name extends DesktopMethodName> = InputOf<DesktopMethods, Name>;
export type DesktopOutput<Name extends DesktopMethodName> = OutputOf<DesktopMethods, Name>;
