import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { providers } from '../../shared/domain/provider.ts';
import { writeFileAtomic } from '../lib/files.ts';

const windowStateSchema = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

const schema = z.object({
  window: windowStateSchema.optional(),
  recents: z.array(z.object({ path: z.string(), openedAtMs: z.number() })).default([]),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  settings: z
    .object({
      contrast: z.enum(['system', 'high']).default('system'),
      lockAfterMinutes: z.int().min(1).nullable().default(10),
      isOffline: z.boolean().default(false),
      provider: z.enum(providers).default('cpu'),
    })
    .prefault({}),
});
export type Preferences = z.infer<typeof schema>;

const MAX_RECENTS = 12;
const path = () => join(app.getPath('userData'), 'preferences.json');

/** What the app remembers between runs; a damaged file means the defaults, never a failed start. */
export function readPreferences(): Preferences {
  try {
    return schema.parse(JSON.parse(readFileSync(path(), 'utf8')));
  } catch {
    return schema.parse({});
  }
}

const listeners: (() => void)[] = [];

/** Called after each change. */
export function onPreferences(listener: () => void): void {
  listeners.push(listener);
}

export function updatePreferences(change: (old: Preferences) => Preferences): Preferences {
  const preferences = change(readPreferences());
  writeFileAtomic(path(), JSON.stringify(preferences, null, 2));
  for (const listener of listeners) listener();
  return preferences;
}

/** Puts a project on top of the list of recent ones. */
export function rememberRecent(projectPath: string): void {
  updatePreferences((old) => ({
    ...old,
    recents: [
      { path: projectPath, openedAtMs: Date.now() },
      ...old.recents.filter((recent) => recent.path !== projectPath),
    ].slice(0, MAX_RECENTS),
  }));
}
