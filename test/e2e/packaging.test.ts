import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extractAll } from '@electron/asar';
import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/electron.ts';
import type { DebuggedPage } from './packaging/debugged-page.ts';
import { judgeFiles, type Packaged } from './packaging/judge-files.ts';
import { packageApp } from './packaging/package-app.ts';
import { readPackaged } from './packaging/read-packaged.ts';
import { type PackagedApp, runPackaged, startPackaged } from './packaging/start-packaged.ts';

let folder: string;
let appFolder: string;
let packaged: Packaged;
const program = () => join(appFolder, 'stillroom');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-packaged-'));
  const { executable } = await findElectron();
  appFolder = packageApp(dirname(executable), folder);
  packaged = readPackaged(join(appFolder, 'resources'));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

describe('the files of a packaged app', () => {
  test('are what it needs on this system, and nothing else', () => {
    expect(judgeFiles(packaged)).toEqual([]);
    expect(packaged.outside.filter((path) => /better-sqlite3|onnxruntime/.test(path))).toHaveLength(
      3,
    );
  });

  const without = (name: string) => (paths: readonly string[]) =>
    paths.filter((one) => one !== name);
  test.each<[string, (files: Packaged) => Packaged]>([
    [
      'missing: out/main/engine.js',
      (f) => ({ ...f, inside: without('out/main/engine.js')(f.inside) }),
    ],
    [
      'missing package: ajv',
      (f) => ({ ...f, inside: f.inside.filter((p) => !p.includes('/ajv/')) }),
    ],
    ['native code inside', (f) => ({ ...f, inside: [...f.inside, 'node_modules/zod/a.node'] })],
    [
      'of another system',
      (f) => ({ ...f, outside: [...f.outside, 'app.asar.unpacked/win32/x64/a.dll'] }),
    ],
    [
      'of another system',
      (f) => ({ ...f, inside: [...f.inside, 'node_modules/onnxruntime-web/a.js'] }),
    ],
    [
      'no licence shown: left-pad',
      (f) => ({ ...f, inside: [...f.inside, 'node_modules/left-pad/index.js'] }),
    ],
    ['updates itself', (f) => ({ ...f, outside: [...f.outside, 'app-update.yml'] })],
  ])('planted: %s', (complaint, plant) => {
    expect(judgeFiles(plant(packaged)).join('\n')).toContain(complaint);
  });
});

test('fuses: read back from the program', async () => {
  const wire = await getCurrentFuseWire(program());
  const names = Object.values(FuseV1Options).filter((one) => typeof one === 'number');
  const on = names
    .filter((fuse) => wire[fuse] === FuseState.ENABLE)
    .map((fuse) => FuseV1Options[fuse]);
  expect(on.sort()).toEqual([
    'EnableCookieEncryption',
    'EnableEmbeddedAsarIntegrityValidation',
    'OnlyLoadAppFromAsar',
  ]);
});

describe('the packaged app starts', () => {
  let running: PackagedApp;
  let page: DebuggedPage;
  beforeAll(async () => {
    const resources = join(appFolder, 'resources');
    // The stand-in's Node is too old for the engine, and a newer one can't read the archive.
    extractAll(join(resources, 'app.asar'), join(resources, 'app.asar.unpacked'));
    running = await startPackaged(program(), folder);
  }, 60_000);
  afterAll(() => running?.close());

  test('and draws its window', async () => {
    const isDrawn = async () => {
      const [first] = await running.pages();
      return first?.evaluate<boolean>("document.querySelector('h1') !== null");
    };
    await expect.poll(isDrawn, { timeout: 30_000 }).toBe(true);
    [page] = (await running.pages()) as [DebuggedPage];
    expect(await page.evaluate("document.querySelector('h1').textContent")).toBe('Stillroom');
  });

  test('with an engine in which the native modules load', async () => {
    const { symptoms } = await page.ask('engine.diagnostics', {});
    expect(symptoms.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(symptoms.map(({ id }) => id)).toContain('onnxruntime');
  });

  test('the sample is there, and a job runs on it', async () => {
    const summary = await page.ask('project.sample', { path: join(folder, 'desk.stillroom') });
    expect(summary.examples).toBe(4896);
    const { jobId } = await page.ask('curate.run', {});
    const job = async () => (await page.ask('jobs.list', {})).find(({ id }) => id === jobId);
    await expect
      .poll(async () => (await job())?.state, { timeout: 60_000, interval: 500 })
      .not.toBe('running');
    expect(await job()).toMatchObject({ state: 'done', error: null });
    await page.ask('project.close', {});
  }, 90_000);

  test('a double-clicked project opens in the app that runs, in its empty window', async () => {
    const path = join(folder, 'desk.stillroom');
    expect(await runPackaged(program(), folder, path)).toBe(0);
    const openPath = () => page.ask('project.summary', {}).then((summary) => summary.path);
    await expect.poll(() => openPath().catch(() => ''), { timeout: 30_000 }).toBe(path);
    expect(await running.pages()).toHaveLength(1);
  });
});

describe('code put in the place of the archive', () => {
  const marker = () => join(folder, 'it-ran');
  beforeAll(() => {
    const resources = join(appFolder, 'resources');
    renameSync(join(resources, 'app.asar'), join(resources, 'aside'));
    const planted = join(resources, 'app');
    mkdirSync(planted);
    writeFileSync(join(planted, 'package.json'), '{"name":"planted","main":"main.js"}');
    const code = `require('node:fs').writeFileSync(${JSON.stringify(marker())}, ''); process.exit(0);`;
    writeFileSync(join(planted, 'main.js'), code);
  });

  test('is not run', async () => {
    expect(await runPackaged(program(), folder)).not.toBe(0);
    expect(existsSync(marker())).toBe(false);
  });

  test('planted: with the fuse as Electron ships it, it is', async () => {
    // A copy: the program itself may still be held by a helper of the last start.
    const open = join(appFolder, 'stillroom-open');
    copyFileSync(program(), open);
    const asShipped = { [FuseV1Options.OnlyLoadAppFromAsar]: false };
    await flipFuses(open, { version: FuseVersion.V1, ...asShipped });
    expect(await runPackaged(open, folder)).toBe(0);
    expect(existsSync(marker())).toBe(true);
  });
});
