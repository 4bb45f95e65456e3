import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { parseSync } from 'oxc-parser';
import type { Licence } from '../../../src/shared/contract/licence.ts';
import type { Packaged } from './judge-files.ts';

/** Looks into the resources of a packaged app. */
export function readPackaged(resources: string): Packaged {
  const archive = join(resources, 'app.asar');
  const entries = listPackage(archive, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => !('files' in statFile(archive, path)));
  const isUnpacked = (path: string) => 'unpacked' in statFile(archive, path);
  const inside = entries.filter((path) => !isUnpacked(path));
  const unpacked = entries.filter(isUnpacked).map((path) => join('app.asar.unpacked', path));
  const found = readdirSync(resources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'app.asar')
    .map(({ parentPath, name }) => join(parentPath, name).slice(resources.length + 1));
  const licences = JSON.parse(String(extractFile(archive, 'out/licences.json'))) as Licence[];
  return {
    inside,
    outside: [...new Set([...found, ...unpacked])],
    imported: importedBy(archive, inside),
    licensed: licences.map(({ name }) => aliases[name] ?? name),
  };
}

/** Installed under another name than its own. */
const aliases: Readonly<Record<string, string>> = {
  'better-sqlite3-multiple-ciphers': 'better-sqlite3',
};

function importedBy(archive: string, inside: readonly string[]): string[] {
  const names = inside
    .filter((path) => path.startsWith('out/main/') && path.endsWith('.js'))
    .filter((path) => !path.includes('/run/'))
    .flatMap((path) => {
      const { module } = parseSync(path, String(extractFile(archive, path)));
      return module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
    })
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && name !== 'electron')
    .map((name) => /^((?:@[^/]+\/)?[^/]+)/.exec(name)![1]!);
  return [...new Set([...names, 'onnxruntime-node'])].filter(
    (name) => !builtinModules.includes(name),
  );
}
