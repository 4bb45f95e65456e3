import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Licence } from '../../shared/contract/licence.ts';

/** Written by the build, beside the code whose licences these are. */
export function readLicences(): Licence[] {
  const path = join(import.meta.dirname, '../../licences.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Licence[]; // our own build wrote it
}
