import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dress, small } from '../helpers/appearance.ts';
import { answerDialogs } from '../helpers/dialogs.ts';
import { askResult, launch, type RunningApp } from '../helpers/launch.ts';
import { photograph } from '../helpers/photograph.ts';
import { expectAccessible } from '../helpers/screen-checks.ts';

/* A graphics card may train only once its gradients have been compared; this machine may have one or none. */

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
});
afterAll(() => running.close());

test('is taken where its gradients agree, and refused in a sentence elsewhere', async () => {
  const { app, page, folder } = running;
  await answerDialogs(app, { save: join(folder, 'desk.stillroom') });
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await page.getByRole('link', { name: /Settings/ }).click();
  const graphicsCard = page.getByRole('switch', { name: /graphics card/ });
  await graphicsCard.click({ force: true });
  const told = page.getByText(/All gradients agree|Train on the processor/);
  await told.waitFor({ timeout: 100_000 });
  const isUsable = (await told.textContent())!.includes('agree');
  await expect.poll(() => graphicsCard.isChecked()).toBe(isUsable);
  expect(await askResult(page, 'desktop.settings', {})).toMatchObject({
    value: { provider: isUsable ? 'webgpu' : 'cpu' },
  });
  await expectAccessible(running);
  for (const theme of ['light', 'dark'] as const) {
    await dress(app, page, { theme, ...small });
    await graphicsCard.scrollIntoViewIfNeeded();
    await photograph(page, 'settings', `graphics-card-${theme}`);
  }
});

// Chromium brings along a graphics card of software and what finds it; a packaged Electron of another place may not.
const chromium = join(import.meta.dirname, '../../../.cache/electron');
const softwareCard = join(chromium, 'vk_swiftshader_icd.json');

test.skipIf(!existsSync(softwareCard))('trains what the processor trains', () => {
  const printed = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../helpers/train-on-both.ts')],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        LD_LIBRARY_PATH: chromium,
        VK_ICD_FILENAMES: softwareCard,
        XDG_RUNTIME_DIR: running.folder,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const differences = printed.trim().split('\n').map(Number);
  expect(differences).toHaveLength(2);
  // Not zero: then the processor would have trained both.
  for (const difference of differences) {
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(1e-5);
  }
});
