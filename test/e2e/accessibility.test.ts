import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './helpers/axe.ts';
import { launch, type RunningApp, type TestWindow } from './helpers/launch.ts';
import { screens } from './helpers/screens.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
  const filePath = join(running.folder, 'desk.stillroom');
  await running.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
});
afterAll(() => running.close());

describe.each(['light', 'dark'] as const)('axe finds nothing (%s)', (theme) => {
  test('start screen', async () => {
    await running.page.evaluate(
      (value) =>
        (globalThis as unknown as TestWindow).stillroom.call('desktop.theme', { theme: value }),
      theme,
    );
    await running.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    if (theme === 'light') expect(await violations(running.page)).toEqual([]);
  });

  test.each(screens)('%s', async (name) => {
    const { page } = running;
    const rail = page.getByRole('navigation', { name: 'Stages' });
    if ((await rail.count()) === 0) {
      await page.getByRole('button', { name: /try the sample/i }).click();
      await rail.waitFor();
    }
    await rail.getByRole('link', { name: new RegExp(`^(\\d )?${name}`) }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
    await page.waitForTimeout(200);
    expect(await violations(running.page)).toEqual([]);
  });
});
