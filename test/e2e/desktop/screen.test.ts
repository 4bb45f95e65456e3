import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  askResult,
  hear,
  launch,
  type RunningApp,
  type TestWindow,
} from '../helpers/launch.ts';
import { screens } from '../helpers/screens.ts';
import { chooseInMenu } from './menu.ts';

const patience = { timeout: 40_000 };

/** Texts of the sample's records, those left out that could stand anywhere. */
const texts = readFileSync(join(import.meta.dirname, '../../../sample/tickets.csv'), 'utf8')
  .split('\n')
  .flatMap((line) => line.match(/[^,"]{30,}/)?.[0] ?? []);

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
  const filePath = join(running.folder, 'desk.stillroom');
  await running.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
  await running.page.getByRole('button', { name: /try the sample/i }).click();
  await running.page.getByRole('navigation', { name: 'Stages' }).waitFor(patience);
});
afterAll(() => running.close());

/** Texts of records that are drawn readable. */
function readable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const style = getComputedStyle(parentElement!);
      const isMasked = style.getPropertyValue('-webkit-text-security') === 'disc';
      if (!isMasked && style.visibility === 'visible') found.push(textContent ?? '');
    }
    return found;
  });
}

describe('others who see the screen', () => {
  const shown = async () => {
    const all = (await readable(running.page)).join('\n');
    return texts.filter((text) => all.includes(text));
  };
  const go = async (name: string) => {
    const rail = running.page.getByRole('navigation', { name: 'Stages' });
    await rail.getByRole('link', { name: new RegExp(`^(\\d )?${name}`) }).click();
    await running.page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
  };
  /** Screens that show records in the state that the sample is in. */
  const withRecords = ['Collect', 'Curate'];

  beforeAll(async () => {
    const { page } = running;
    await hear(page);
    await ask(page, 'curate.run', { checks: ['near-duplicate'] });
    const isDone = () =>
      page.evaluate(() =>
        (globalThis as unknown as TestWindow).heard.some(
          (event) => event.kind === 'job' && event.job.state === 'done',
        ),
      );
    while (!(await isDone())) await page.waitForTimeout(500);
  });

  test.each(screens)('read no record after Ctrl+Shift+H, and again after it: %s', async (name) => {
    const { page } = running;
    await go(name);
    if (withRecords.includes(name))
      await expect.poll(async () => (await shown()).length, patience).toBeGreaterThan(0);
    const before = await shown();
    await page.keyboard.press('Control+Shift+H');
    await page.getByRole('button', { name: 'Record texts are covered' }).waitFor();
    await expect.poll(shown).toEqual([]);
    await page.keyboard.press('Control+Shift+H');
    await expect.poll(async () => (await shown()).length, patience).toBe(before.length);
  });

  test('the menu covers, too', async () => {
    await go('Collect');
    await expect.poll(async () => (await shown()).length, patience).toBeGreaterThan(0);
    await chooseInMenu(running, 'Cover record texts');
    await expect.poll(shown, patience).toEqual([]);
    await chooseInMenu(running, 'Cover record texts');
  });
});

describe('a window that nobody sits at', () => {
  const emit = (event: string) =>
    running.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);

  test('is covered when the screen is locked, answers nothing, and is shown by a click', async () => {
    const { page } = running;
    await emit('lock-screen');
    await page.getByRole('heading', { name: 'Locked' }).waitFor(patience);
    expect(await askResult(page, 'project.summary', {})).toMatchObject({
      ok: false,
      error: { code: 'app.locked' },
    });
    await expect
      .poll(() => page.getByRole('navigation', { name: 'Stages' }).isVisible())
      .toBe(false);
    await page.getByRole('button', { name: 'Show again' }).click();
    await page.getByRole('navigation', { name: 'Stages' }).waitFor(patience);
    expect((await askResult(page, 'project.summary', {})).ok).toBe(true);
  });

  test('is covered after the set time without input', async () => {
    const { app, page } = running;
    await askResult(page, 'desktop.settings', { lockAfterMinutes: 1 });
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 59;
    });
    await page.waitForTimeout(6_000);
    await expect.poll(() => page.getByRole('heading', { name: 'Locked' }).count()).toBe(0);
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 60;
    });
    await page.getByRole('heading', { name: 'Locked' }).waitFor(patience);
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 0;
    });
    await page.getByRole('button', { name: 'Show again' }).click();
  });

  test('of an encrypted project wants its passphrase, and no other', async () => {
    const { page, folder } = running;
    const task = { name: 'Secret', kind: 'classify', labels: ['a', 'b'] };
    const path = join(folder, 'secret.stillroom');
    await ask(page, 'project.create', { path, task, passphrase: 'correct horse' });
    await page.keyboard.press('Control+Shift+L');
    const field = page.getByLabel('Passphrase', { exact: true });
    await field.fill('wrong horse');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('That is not the passphrase of this project.').waitFor(patience);
    expect((await askResult(page, 'project.summary', {})).ok).toBe(false);
    expect(await askResult(page, 'desktop.unlock', {})).toMatchObject({ value: { isOpen: false } });
    await field.fill('correct horse');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await askResult(page, 'project.summary', {})).ok, patience)
      .toBe(true);
  });
});

describe('how it is drawn', () => {
  const dim = () =>
    running.page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return [style.getPropertyValue('--dim').trim(), style.getPropertyValue('--text').trim()];
    });

  test('high contrast, when the system asks for it and when Settings does', async () => {
    const { page } = running;
    const [plain, text] = await dim();
    expect(plain).not.toBe(text);
    await page.emulateMedia({ contrast: 'more' });
    await expect.poll(dim).toEqual([text, text]);
    await page.emulateMedia({ contrast: 'no-preference' });
    await expect.poll(dim).toEqual([plain, text]);
    await askResult(page, 'desktop.settings', { contrast: 'high' });
    await expect.poll(dim, patience).toEqual([text, text]);
    await askResult(page, 'desktop.settings', { contrast: 'system' });
  });

  test('without motion, when the system asks for it', async () => {
    const { page } = running;
    const moving = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationDuration } = getComputedStyle(element);
            return /[1-9]/.test(transitionDuration) || /[1-9]/.test(animationDuration);
          }).length,
      );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await expect.poll(moving).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(moving).toBe(0);
    await page.emulateMedia({ reducedMotion: null });
  });

  test('About shows what it is made of, with the words of each licence', async () => {
    const { page } = running;
    await chooseInMenu(running, 'About Stillroom');
    const about = page.getByRole('dialog', { name: 'About Stillroom' });
    await about.getByRole('listitem').first().waitFor(patience);
    await expect.poll(() => about.getByRole('listitem').count()).toBeGreaterThan(50);
    await about.getByLabel('Find a package or licence').fill('onnxruntime-node');
    await about.getByText('onnxruntime-node').click();
    await about.getByText('Permission is hereby granted').waitFor();
    await page.keyboard.press('Escape');
  });

  test('no complaint on any console', () => {
    expect(running.complaints).toEqual([]);
  });
});
