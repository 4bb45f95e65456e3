import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { doors } from './rules.ts';

const root = join(import.meta.dirname, '../../..');

test('the editor shows the one-door rules: Biome refuses each module outside of its door and nowhere else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-biome-'));
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    const expected: string[] = [];
    doors.forEach(({ modules, only }, index) => {
      modules.forEach((module, line) => {
        plant(`src/main/review/door${index}-${line}.ts`, module);
        expected.push(`src/main/review/door${index}-${line}.ts`);
        for (const place of only)
          plant(place.endsWith('/') ? `${place}door${index}-${line}.ts` : place, module);
      });
    });
    expect(refusedFiles(folder)).toEqual(expected.sort());
  } finally {
    rmSync(folder, { recursive: true });
  }

  function plant(path: string, module: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `export * from '${module}';\n`);
  }
});

function refusedFiles(folder: string): string[] {
  let output: string;
  try {
    output = execFileSync(
      join(root, 'node_modules/.bin/biome'),
      [
        'lint',
        '--vcs-enabled=false',
        '--only=style/noRestrictedImports',
        '--reporter=github',
        '--max-diagnostics=none',
        '.',
      ],
      { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  } catch (error) {
    // Biome exits with 1 when it refuses something, and has written what.
    output = (error as { stdout: string }).stdout;
  }
  const paths = output.matchAll(/file=(?:.*?\/)?(src\/[^,]+),/g);
  return [...new Set([...paths].map(([, path]) => path!))].sort();
}
