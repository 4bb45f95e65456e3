import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findElectron } from '../../../scripts/electron.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';
import type { Result } from '../../../src/shared/contract/result.ts';
import type { Bridge, WireEvent } from '../../../src/shared/contract/wire.ts';
import { createQuickFolder } from './quick-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const holdReady = fileURLToPath(new URL('./hold-ready.cjs', import.meta.url));

/** What a test's window has: the bridge, and the events that it heard. */
export type TestWindow = Window & { stillroom: Bridge; heard: WireEvent[] };

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder of its own, gone at the end. */
  readonly folder: string;
  /** What the windows and the main process wrote to their consoles as errors or warnings. */
  readonly complaints: string[];
  /** @throws Error when there was a complaint, so that no test file passes with one */
  close(): Promise<void>;
}

/** Starts the app with a profile of its own. */
export async function launch(args: readonly string[] = []): Promise<RunningApp> {
  const { executable, switches } = await findElectron();
  const folder = createQuickFolder();
  const complaints: string[] = [];
  const app = await _electron.launch({
    executablePath: executable,
    args: [
      '-r',
      holdReady,
      root,
      '--no-sandbox',
      ...switches,
      `--user-data-dir=${join(folder, 'profile')}`,
      ...args,
    ],
    cwd: root,
  });
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  };
  app.on('window', watch);
  app.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`main: ${message.text()}`);
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  await hear(page);
  return {
    app,
    page,
    folder,
    complaints,
    async close() {
      // A job may still be at work after a test that failed; the question about it would wait for ever.
      // An app that a test has made quit cannot be asked any more, and need not.
      const answered = app.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
      });
      await answered.catch(() => undefined);
      await app.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      if (complaints.length > 0)
        throw new Error(`The console was not silent:\n${complaints.join('\n')}`);
    },
  };
}

/** Keeps the events of a window, for tests to look at. */
export async function hear(page: Page): Promise<void> {
  await page.evaluate(() => {
    const window = globalThis as unknown as TestWindow;
    window.heard = [];
    window.stillroom.subscribe((event) => window.heard.push(event));
  });
}

/** Calls the engine as the window's own code does. */
export async function ask<Name extends MethodName>(
  page: Page,
  method: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const result = await askResult(page, method, input);
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
  return result.value as MethodOutput<Name>; // as the contract says
}

export function askResult(page: Page, method: string, input: unknown): Promise<Result<unknown>> {
  return page.evaluate(
    ([name, value]) => (globalThis as unknown as TestWindow).stillroom.call(name as string, value),
    [method, input],
  );
}
