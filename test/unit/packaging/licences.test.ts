import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { collectLicences } from '../../../scripts/licences/collect-licences.ts';
import { readLicence } from '../../../scripts/licences/read-licence.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'stillroom-licences-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function makePackage(name: string, about: object, files: Record<string, string> = {}): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const whole = { name, version: '1.0.0', ...about };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(whole));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

describe('a package', () => {
  test('its licence and every notice that it brings', () => {
    const folder = makePackage(
      'plain',
      { license: 'Apache-2.0' },
      { LICENSE: 'words', NOTICE: 'ours' },
    );
    expect(readLicence(folder)).toEqual({
      name: 'plain',
      version: '1.0.0',
      licence: 'Apache-2.0',
      text: 'words\n\nours',
    });
  });

  test('of two licences to choose from, the one that is accepted', () => {
    const folder = makePackage('either', { license: '(GPL-3.0 OR MIT)' }, { LICENSE: 'both' });
    expect(readLicence(folder).licence).toBe('MIT');
  });

  test('MIT without its text: the standard one, with its author', () => {
    const folder = makePackage('bare', { license: 'MIT', author: 'Ada <ada@example.com>' });
    expect(readLicence(folder).text).toContain('Copyright (c) Ada\n');
  });

  test.each([
    ['copyleft', { license: 'GPL-3.0' }],
    ['nameless', {}],
    ['textless', { license: 'Apache-2.0' }],
  ])('%s stops the build', (name, about) => {
    expect(() => readLicence(makePackage(name, about))).toThrow(name);
  });
});

test('what the engine is installed with, and what was built into the window', () => {
  const bundled = [join(root, 'node_modules/react/index.js'), join(root, 'src/renderer/main.tsx')];
  const names = collectLicences(root, bundled).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['onnxruntime-node', 'zod', 'react']));
  expect(names).not.toContain('vitest');
  expect(names).not.toContain('stillroom');
});
