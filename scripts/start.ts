import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron.ts';

// npm start: builds the app where the source is newer, finds an Electron and opens the window.

const root = fileURLToPath(new URL('..', import.meta.url));
process.exit(await start(process.argv.slice(2)));

async function start(args: readonly string[]): Promise<number> {
  if (isWithoutDisplay()) {
    console.error(
      'There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can be opened. Everything also works on the command line: npm run -s stillroom -- --help',
    );
    return 1;
  }
  if (isOutdated() && !build()) return 1;
  const { executable, isStandIn } = await findElectron();
  if (isStandIn)
    console.error(
      'Electron cannot be downloaded here, so an older one from npm stands in for it, for development only.',
    );
  const switches = isRoot() ? ['--no-sandbox'] : [];
  const child = spawn(executable, [root, ...switches, ...args], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (error) => {
      console.error(`Electron did not start: ${error.message}.`);
      resolve(1);
    });
  });
}

function isWithoutDisplay(): boolean {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/** Chromium cannot sandbox a process of root's, as in a container. */
function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

function isOutdated(): boolean {
  const built = join(root, 'out/renderer/index.html');
  if (!existsSync(built)) return true;
  const builtAtMs = statSync(built).mtimeMs;
  const sources = ['src', 'electron.vite.config.ts', 'package.json'].map((name) =>
    join(root, name),
  );
  return sources.some((path) => newest(path) > builtAtMs);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

function build(): boolean {
  console.error('Building the window…');
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) console.error(`${stdout}${stderr}\nThe window could not be built.`);
  return status === 0;
}
