import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the window where the source is newer than what was built. @throws Error with what the builder said */
export function buildWindow(): void {
  if (!isOutdated()) return;
  console.error('Building the window…');
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}\nThe window could not be built.`);
}

function isOutdated(): boolean {
  const built = join(root, 'out/renderer/index.html');
  if (!existsSync(built)) return true;
  const builtAtMs = statSync(built).mtimeMs;
  const sources = [
    'src',
    'scripts/licences',
    'scripts/packaging',
    'electron.vite.config.ts',
    'package.json',
  ];
  return sources.some((name) => newest(join(root, name)) > builtAtMs);
}

function newest(path: string): number {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  const entries = readdirSync(path, { withFileTypes: true });
  return Math.max(
    0,
    ...entries
      .filter(({ name }) => !name.startsWith('.'))
      .map(({ name }) => newest(join(path, name))),
  );
}
