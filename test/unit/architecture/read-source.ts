import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { SourceFile } from './find-violations.ts';

const root = join(import.meta.dirname, '../../..');

/** Every module of the product. */
export function readSource(): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|mts|cts|js)$/.test(path))
    .map((path) => ({
      path: `src/${path.split(sep).join('/')}`,
      source: readFileSync(join(root, 'src', path), 'utf8'),
    }));
}
