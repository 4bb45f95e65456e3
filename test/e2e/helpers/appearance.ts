import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { askResult } from './launch.ts';

export interface Appearance {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

export const small = { width: 1280, height: 800 } as const;
export const large = { width: 1920, height: 1080 } as const;

/** The page's own size, without the menu bar. */
export async function dress(
  app: ElectronApplication,
  page: Page,
  { theme, width, height }: Appearance,
): Promise<void> {
  await askResult(page, 'desktop.theme', { theme });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  const window = await app.browserWindow(page);
  await window.evaluate((own, size) => own.setContentSize(size.width, size.height), {
    width,
    height,
  });
  for (let tries = 0; tries < 40; tries++) {
    if ((await page.evaluate(() => innerWidth)) === width) return;
    await wait(25);
  }
}
