import { BrowserWindow } from 'electron';
import type { DesktopSettings } from '../../shared/contract/desktop.ts';
import { sendEvent } from './door.ts';
import type { EngineClient } from './engine-client.ts';
import { readPreferences, updatePreferences } from './preferences.ts';

type Change = { readonly [Name in keyof DesktopSettings]?: DesktopSettings[Name] | undefined };

/** Changes what is given, for every window and the engine. */
export function changeSettings(change: Change, engine: EngineClient): DesktopSettings {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  if (Object.keys(given).length === 0) return readPreferences().settings;
  const { settings } = updatePreferences((old) => ({
    ...old,
    settings: { ...old.settings, ...given },
  }));
  engine.setOffline(settings.isOffline);
  for (const window of BrowserWindow.getAllWindows())
    sendEvent(window, { kind: 'settings', settings });
  return settings;
}
