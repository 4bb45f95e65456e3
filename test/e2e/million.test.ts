import { createWriteStream } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dress, small } from './helpers/appearance.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { go } from './helpers/screen-checks.ts';

const rows = 1_000_000;
const MINUTE_MS = 60_000;
const needle = 700_001;

/** Needs about a gigabyte of disk and of memory. */
describe('a project of 1,000,000 rows', () => {
  let running: RunningApp;
  const grid = (name: RegExp) => running.page.getByRole('grid', { name });

  beforeAll(async () => {
    running = await launch();
    const { app, page, folder } = running;
    await dress(app, page, { theme: 'light', ...small });
    await writeRows(join(folder, 'million.csv'));
    const path = join(folder, 'million.stillroom');
    const task = { name: 'Million', kind: 'classify', labels: ['a', 'b'] };
    await ask(page, 'project.create', { path, task });
    await ask(page, 'project.close', {});
    await answerDialogs(app, { open: path });
    await page.getByRole('button', { name: 'Open…' }).click();
    await page.getByRole('navigation', { name: 'Stages' }).waitFor();
  }, 10 * MINUTE_MS);
  afterAll(() => running.close());

  test(
    'comes in, and the window never freezes meanwhile',
    async () => {
      const { app, page, folder } = running;
      await answerDialogs(app, { open: join(folder, 'million.csv') });
      await go(running, 'Collect');
      await page.getByRole('button', { name: 'Import file…' }).click();
      await page.getByRole('button', { name: 'Choose file…' }).click();
      const longest = longestGapMs();
      await page.getByRole('button', { name: 'Import as private' }).click();
      await page
        .getByRole('region', { name: 'Imported 1,000,000, refused 0' })
        .waitFor({ timeout: 10 * MINUTE_MS });
      expect(await longest()).toBeLessThan(2000);
      expect((await ask(page, 'project.summary', {})).byConsent.private).toBe(rows);
    },
    10 * MINUTE_MS,
  );

  test(
    'is paged, sorted, searched and permitted as one that fits on a screen',
    async () => {
      const { page } = running;
      await go(running, 'Collect');
      await grid(/^Records, 1,000,000 of 1,000,000/).waitFor({ timeout: MINUTE_MS });
      const first = await ask(page, 'collect.page', { limit: 100 });
      expect(first.rows).toHaveLength(100);
      await grid(/^Records/).focus();
      for (let press = 0; press < 40; press++) await page.keyboard.press('PageDown');
      await page
        .getByRole('row', { name: /M-600/ })
        .or(page.getByText('M-600', { exact: true }))
        .first()
        .waitFor();
      await page.getByRole('textbox', { name: 'Search the texts' }).fill(`needle${needle}`);
      await grid(/^Records, 1 of 1,000,000/).waitFor({ timeout: MINUTE_MS });
      await photograph(page, 'million', 'found');
      await page.getByRole('textbox', { name: 'Search the texts' }).fill('');
      await grid(/^Records, 1,000,000 of/).waitFor({ timeout: MINUTE_MS });
      await page.getByRole('checkbox', { name: 'Select the loaded rows' }).click();
      await page.getByRole('button', { name: 'Select all 1,000,000 that match' }).click();
      await page.getByRole('button', { name: 'Permit 1,000,000…' }).click();
      await page.getByRole('textbox', { name: /Why this is allowed/ }).fill('test');
      await page.getByRole('button', { name: 'Permit 1,000,000 records' }).click();
      const permitted = async () => (await ask(page, 'project.summary', {})).byConsent.permitted;
      await expect.poll(permitted, { timeout: 5 * MINUTE_MS, interval: 1000 }).toBe(rows);
      await page.getByRole('button', { name: /^Undo: set 1,000,000 records to permitted/ }).click();
      await expect.poll(permitted, { timeout: 5 * MINUTE_MS, interval: 1000 }).toBe(0);
    },
    10 * MINUTE_MS,
  );

  test('the engine gives way to the window, which has to draw', async () => {
    const { pid } = await ask(running.page, 'engine.diagnostics', {});
    const own = getPriority(running.app.process().pid);
    expect(getPriority(pid)).toBe(Math.min(19, own + 10));
  });

  /** Begins to look at the page's own clock; asked, it tells the longest time in which nothing could be drawn. */
  function longestGapMs(): () => Promise<number> {
    void running.page.evaluate(() => {
      const watch = globalThis as unknown as { longestGapMs: number };
      watch.longestGapMs = 0;
      let beforeMs = performance.now();
      setInterval(() => {
        const nowMs = performance.now();
        watch.longestGapMs = Math.max(watch.longestGapMs, nowMs - beforeMs);
        beforeMs = nowMs;
      }, 20);
    });
    return () =>
      running.page.evaluate(() => (globalThis as unknown as { longestGapMs: number }).longestGapMs);
  }
});

async function writeRows(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('id,text\n');
  for (let row = 0; row < rows; row++) {
    const isFree = file.write(`M-${row},message ${row} about needle${row}\n`);
    if (!isFree) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end();
  await finished(file);
}
