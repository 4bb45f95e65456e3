import type { DesktopInput } from '../../shared/contract/desktop.ts';
import { callDesktop } from './desktop.ts';
import { announce, useUi } from './ui-store.ts';

type Settings = NonNullable<ReturnType<typeof useUi.getState>['settings']>;

/** Takes over what the app is set to; contrast and cover are attributes of the page that its styles look at. */
export function applySettings(settings: Settings): void {
  useUi.setState({ settings });
  document.documentElement.toggleAttribute('data-high-contrast', settings.contrast === 'high');
}

export async function changeSettings(change: DesktopInput<'desktop.settings'>): Promise<void> {
  applySettings(await callDesktop('desktop.settings', change));
}

/** Masks the texts of records on every screen, or shows them again. */
export function toggleCover(): void {
  const isCovered = !useUi.getState().isCovered;
  useUi.setState({ isCovered });
  document.documentElement.toggleAttribute('data-covered', isCovered);
  announce(isCovered ? 'Record texts are covered' : 'Record texts are shown');
}

export async function toggleOffline(): Promise<void> {
  const isOffline = !useUi.getState().settings?.isOffline;
  await changeSettings({ isOffline });
  announce(isOffline ? 'Offline: nothing is sent' : 'Online again');
}
