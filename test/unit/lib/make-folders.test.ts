import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolders } from '../../../src/main/lib/files.ts';

test('folders are made with those above them, and being there already is no error', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-folders-')), 'a', 'b');
  makeFolders(path);
  makeFolders(path);
  expect(existsSync(path)).toBe(true);
});

test('under a file there is no folder', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'stillroom-folders-')), 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(join(file, 'a'))).toThrow(/ENOTDIR/);
});

test.skipIf(process.platform !== 'linux')('a place that takes none is an error, and soon', () => {
  expect(() => makeFolders('/proc/stillroom/demo')).toThrow(/ENOENT|EACCES|EPERM/);
});
