import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import type { RunningApp, TestWindow } from './launch.ts';

/** Axe finds nothing on what the window shows, in the light and in the dark. */
export async function expectAccessible({ page }: RunningApp): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(
      (value) =>
        (globalThis as unknown as TestWindow).stillroom.call('desktop.theme', { theme: value }),
      theme,
    );
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(150);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
    expect(found, theme).toEqual([]);
  }
}

/** Opens a screen by its name in the rail. */
export async function go({ page }: RunningApp, name: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Stages' });
  await rail.getByRole('link', { name: new RegExp(`^(\\d )?${name}`) }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
}
