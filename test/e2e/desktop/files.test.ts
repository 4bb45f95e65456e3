import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, launch, type RunningApp } from '../helpers/launch.ts';
import { countWindows } from './menu.ts';

const name = 'desk.stillroom';
const patience = { timeout: 40_000 };

let running: RunningApp;
let path: string;
beforeAll(async () => {
  running = await launch();
  path = join(running.folder, name);
  await ask(running.page, 'project.sample', { path });
  await ask(running.page, 'project.close', {});
});
afterAll(() => running.close());

const rail = () => running.page.getByRole('navigation', { name: 'Stages' });
const openPath = async () => (await ask(running.page, 'project.summary', {})).path;

describe('a project file', () => {
  test('that a second start names, relative to its folder, opens in the empty window', async () => {
    const { app, folder } = running;
    await app.evaluate(
      ({ app: own }, [file, where]) =>
        own.emit('second-instance', {}, ['stillroom', '--flag', file], where),
      [name, folder],
    );
    await rail().waitFor(patience);
    await expect.poll(openPath).toBe(path);
    await expect.poll(() => countWindows(running)).toBe(1);
  });

  test('that is open already gets no second window', async () => {
    const { app } = running;
    await app.evaluate(({ app: own }, file) => {
      own.emit('open-file', { preventDefault: () => undefined }, file);
    }, path);
    await running.page.waitForTimeout(500);
    await expect.poll(() => countWindows(running)).toBe(1);
  });

  test('is remembered: on the start screen and in the menu, and forgotten with Delete', async () => {
    const { app, page } = running;
    const inMenu = () =>
      app.evaluate(({ Menu }) => {
        const file = Menu.getApplicationMenu()!.items.flatMap(
          ({ submenu }) => submenu?.items ?? [],
        );
        const recent = file.find(({ label }) => label === 'Open recent');
        return recent!.submenu!.items.map(({ label }) => label);
      });
    await expect.poll(inMenu).toEqual(['desk']);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').fill('Close project');
    await page.keyboard.press('Enter');
    const recent = page.getByRole('list', { name: 'Recent projects' }).getByRole('button').first();
    await recent.waitFor(patience);
    await recent.press('Enter');
    await rail().waitFor(patience);
    await page.evaluate(() => history.pushState(null, '', '#/overview'));
    await ask(page, 'project.close', {});
    await page.reload();
    await recent.waitFor(patience);
    await recent.press('Delete');
    await expect.poll(inMenu, patience).toEqual([]);
    await expect.poll(() => recent.count()).toBe(0);
  });

  test('that is dropped anywhere in the window is opened', async () => {
    const { page } = running;
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'dropped';
      document.body.append(input);
    });
    await page.locator('#dropped').setInputFiles(path);
    await page.evaluate(() => {
      const { files } = document.querySelector<HTMLInputElement>('#dropped')!;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(files![0]!);
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector('main')!.dispatchEvent(drop);
      document.querySelector('#dropped')!.remove();
    });
    await rail().waitFor(patience);
    await expect.poll(openPath).toBe(path);
  });

  test('that is none says so, and nothing is opened', async () => {
    const { app, page, folder } = running;
    const bad = join(folder, 'bad.stillroom');
    writeFileSync(bad, `SQLite format 3\0${'x'.repeat(5_000)}`);
    const opened = app.waitForEvent('window');
    await app.evaluate(({ app: own }, file) => {
      own.emit('open-file', { preventDefault: () => undefined }, file);
    }, bad);
    const second = await opened;
    await second.getByRole('alert').waitFor(patience);
    await expect.poll(() => second.getByRole('navigation', { name: 'Stages' }).count()).toBe(0);
    await second.close();
    expect(page.isClosed()).toBe(false);
  });
});

describe('a window', () => {
  const boundsOfNewest = () =>
    running.app.evaluate(({ BrowserWindow }) => {
      const newest = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id)[0]!;
      return newest.getBounds();
    });
  const openNew = async () => {
    const opened = running.app.waitForEvent('window');
    await running.app.evaluate(({ app: own }) => own.emit('second-instance', {}, ['x'], '/'));
    return opened;
  };

  /** As its own button does; Playwright's way leaves the app no time to remember where it stood. */
  const closeNewest = async (page: Page) => {
    const closed = page.waitForEvent('close');
    await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .sort((a, b) => b.id - a.id)[0]!
        .close(),
    );
    await closed;
  };

  test('opens where the last one stood, but never where no screen is', async () => {
    const wanted = { x: 40, y: 60, width: 1100, height: 760 };
    const first = await openNew();
    await running.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()
        .sort((a, b) => b.id - a.id)[0]!
        .setBounds(bounds);
    }, wanted);
    await expect.poll(boundsOfNewest, patience).toEqual(wanted);
    await closeNewest(first);
    const second = await openNew();
    await expect.poll(boundsOfNewest, patience).toEqual(wanted);
    await running.app.evaluate(({ BrowserWindow }) => {
      const newest = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id)[0]!;
      newest.getNormalBounds = () => ({ x: 90_000, y: 90_000, width: 1100, height: 760 });
    });
    await closeNewest(second);
    const third = await openNew();
    expect((await boundsOfNewest()).x).toBeLessThan(2_000);
    await closeNewest(third);
  });

  test('no complaint on any console', () => {
    expect(running.complaints).toEqual([]);
  });
});
