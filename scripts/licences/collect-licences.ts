import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Licence } from '../../src/shared/contract/licence.ts';
import { notShipped } from '../packaging/not-shipped.ts';
import { readLicence } from './read-licence.ts';

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional() }).loose()),
});

/**
 * The licences of all that is handed on: the packages that the engine is installed with, and those that were built
 * into the window. `bundledFiles` are the files of the latter.
 */
export function collectLicences(root: string, bundledFiles: Iterable<string>): Licence[] {
  const folders = new Set([...installedFolders(root), ...foldersOf(bundledFiles)]);
  const licences = [...folders].map(readLicence);
  const byName = new Map(licences.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function installedFolders(root: string): string[] {
  const { packages } = lockfile.parse(
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
  );
  return Object.entries(packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev && !isLeftOut(path))
    .map(([path]) => join(root, path))
    .filter((folder) => existsSync(folder));
}

function isLeftOut(path: string): boolean {
  return notShipped.some((name) => `${path}/`.startsWith(`node_modules/${name}/`));
}

/** `…/node_modules/@scope/name/dist/file.js` belongs to `…/node_modules/@scope/name`. */
function foldersOf(files: Iterable<string>): string[] {
  return [...files].flatMap((file) => {
    const [, folder] = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    return folder && existsSync(join(folder, 'package.json')) ? [folder] : [];
  });
}
