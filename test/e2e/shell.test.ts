import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/electron.ts';
import {
  ask,
  askResult,
  hear,
  launch,
  type RunningApp,
  type TestWindow,
} from './helpers/launch.ts';
import { screens } from './helpers/screens.ts';
import { openSecondWindow } from './helpers/second-window.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
});
afterAll(() => running.close());

describe('the window', () => {
  test('the sample is one click away, and every screen opens without a complaint', async () => {
    const { app, page, folder, complaints } = running;
    const path = join(folder, 'desk.stillroom');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await page.getByRole('button', { name: /try the sample/i }).click();
    const rail = page.getByRole('navigation', { name: 'Stages' });
    await rail.waitFor();
    for (const name of screens) {
      await rail.getByRole('link', { name: new RegExp(`^(\\d )?${name}`) }).click();
      await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
      await page.waitForTimeout(150);
    }
    expect(complaints).toEqual([]);
  });

  test('a second window on the same file only reads', async () => {
    const { page, folder } = running;
    const second = await openSecondWindow(running);
    const path = join(folder, 'desk.stillroom');
    expect(await ask(second, 'project.open', { path })).toMatchObject({ isReadOnly: true });
    const change = { selection: { filter: '', search: '' }, to: 'private' };
    expect(await askResult(second, 'collect.consent', change)).toMatchObject({
      ok: false,
      error: { code: 'app.readonly' },
    });
    expect((await ask(page, 'project.summary', {})).isReadOnly).toBe(false);
    await second.close();
  });

  test('a second start opens a window of the first, and ends', async () => {
    const { app, folder } = running;
    const { executable, switches } = await findElectron();
    const opened = app.waitForEvent('window');
    const child = spawn(
      executable,
      ['.', '--no-sandbox', ...switches, `--user-data-dir=${join(folder, 'profile')}`],
      { stdio: 'ignore' },
    );
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await (await opened).close();
  });

  test('closing while a job runs asks first', async () => {
    const { app, page } = running;
    await app.evaluate(({ dialog }) => {
      const asked = globalThis as unknown as { asked: string[] };
      asked.asked = [];
      dialog.showMessageBox = (async (...args: unknown[]) => {
        asked.asked.push((args.at(-1) as { message: string }).message);
        return { response: 0, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
    });
    const { jobId } = await ask(page, 'curate.run', {});
    const handle = await app.browserWindow(page);
    await handle.evaluate((window) => window.close());
    const questions = await app.evaluate(
      () => (globalThis as unknown as { asked: string[] }).asked,
    );
    expect(questions).toEqual(['A curate job is still running.']);
    expect(page.isClosed()).toBe(false);
    await hear(page);
    await ask(page, 'jobs.cancel', { id: jobId });
    await expect
      .poll(() =>
        page.evaluate(() =>
          (globalThis as unknown as TestWindow).heard.some(
            (event) => event.kind === 'job' && event.job.state === 'cancelled',
          ),
        ),
      )
      .toBe(true);
  });

  test('keys are never written where only a plain backend exists', async () => {
    const { app, page } = running;
    const backend = await app.evaluate(({ safeStorage }) =>
      safeStorage.getSelectedStorageBackend(),
    );
    const saved = await askResult(page, 'desktop.saveKey', { name: 'teacher', key: 'sk-secret' });
    const { isSafe } = (await askResult(page, 'desktop.keys', {}).then(
      (result) => result.ok && result.value,
    )) as { isSafe: boolean };
    expect(isSafe).toBe(backend !== 'basic_text');
    expect(saved.ok).toBe(isSafe);
    await askResult(page, 'desktop.forgetKey', { name: 'teacher' });
  });

  test('what any console complains of fails a test', async () => {
    const { app, page, complaints } = running;
    const planted = ['a warning', 'an error', 'Error: thrown', 'main: from the main process'];
    await page.evaluate(() => {
      console.warn('a warning');
      console.error('an error');
      setTimeout(() => {
        throw new Error('thrown');
      });
    });
    await app.evaluate(() => console.error('from the main process'));
    await expect.poll(() => complaints.toSorted()).toEqual(planted.toSorted());
    complaints.length = 0;
  });
});
