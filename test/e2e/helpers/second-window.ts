import type { Page } from 'playwright-core';
import type { RunningApp } from './launch.ts';

/** Opens another window, as the menu does. */
export async function openSecondWindow({ app }: Pick<RunningApp, 'app'>): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ Menu }) => {
    const all = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? []);
    all.find(({ label }) => label === 'New window')!.click();
  });
  const page = await opened;
  await page.waitForLoadState('load');
  return page;
}
