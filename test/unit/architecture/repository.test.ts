import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMissing, type Lockfile } from '../../../scripts/lockfile/find-missing.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const tracked = listFiles();
const textFiles = tracked.filter((path) =>
  /\.(ts|tsx|js|mjs|json|md|css|html|svg|py|sh)$/.test(path),
);

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
}
// Its shape is what this test is about.
const manifest = JSON.parse(read('package.json')) as Package;

test('every dependency is pinned to one version, and the lockfile agrees', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
  for (const [name, version] of Object.entries(wanted))
    expect(version, name).toMatch(/^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  const lock = JSON.parse(read('package-lock.json')) as { packages: { '': Partial<Package> } };
  const { '': own } = lock.packages;
  expect({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies }).toEqual(
    wanted,
  );
});

test('the lockfile names the optional packages of every system, or "npm ci" would refuse it', () => {
  const lockfile = JSON.parse(read('package-lock.json')) as Lockfile;
  expect(findMissing(lockfile), 'run: node scripts/complete-lockfile.ts').toEqual([]);
  const [path] = Object.keys(lockfile.packages).filter((name) => name.endsWith('-darwin-arm64'));
  const { [path!]: _removed, ...packages } = lockfile.packages;
  expect(findMissing({ packages })).toHaveLength(1);
});

test('no dependency runs a script when it is installed', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: boolean; name?: string }>;
  };
  const withScripts = Object.entries(lock.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path, entry]) => [path.split('node_modules/').at(-1)!, entry.name]);
  expect(withScripts.length).toBeGreaterThan(0);
  for (const [name] of withScripts) expect(manifest.allowScripts).toHaveProperty([name!], false);
});

const MAX_LINES = 300;

test(`no source file is longer than ${MAX_LINES} lines`, () => {
  const long = tracked
    .filter((path) => /\.(ts|tsx|js|mjs|py)$/.test(path) && !path.includes('/fixtures/'))
    .filter((path) => read(path).split('\n').length > MAX_LINES + 1);
  expect(long).toEqual([]);
});

// Spelled in parts, so that this file does not find itself.
const machineWords = [
  ['/wo', 'rk/'],
  ['/ho', 'me/'],
  ['/Us', 'ers/'],
  ['C:', '\\Users'],
  ['/roo', 't/'],
].map((parts) => parts.join(''));

test('no file names a place on the machine where it was written', () => {
  expect(textFiles.length).toBeGreaterThan(50);
  const naming = textFiles
    .filter((path) => path !== 'package-lock.json')
    .filter((path) => machineWords.some((word) => read(path).includes(word)));
  expect(naming).toEqual([]);
});

test('the lockfile names the public registry only', () => {
  const hosts = [...read('package-lock.json').matchAll(/"resolved": "https?:\/\/([^/"]+)/g)];
  expect(
    [...new Set(hosts.map(([, host]) => host))].filter((host) => host !== 'registry.npmjs.org'),
  ).toEqual([]);
});

function listFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '');
}
