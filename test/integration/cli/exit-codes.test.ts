import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../src/main/store/store.ts';
import { runCli } from '../../helpers/cli.ts';

let folder: string;
let project: string;
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-exit-'));
  project = join(folder, 'p.stillroom');
  const task = { name: 't', kind: 'classify', labels: ['a', 'b'] };
  await runCli('new', project, '--task', file('task.json', JSON.stringify(task)));
});

test('a project that another command writes to is refused for now, which is no failure', async () => {
  const writer = openStore(project, { mode: 'write' });
  const rows = file('rows.csv', 'text,label\none,a\n');
  expect((await runCli('import', project, rows)).code).toBe(3);
  writer.close();
  expect((await runCli('import', project, rows)).code).toBe(0);
});

test('one of a thing is told in the singular, two are not', async () => {
  const one = file('one.csv', 'text,label\nfirst,a\n');
  const two = file('two.csv', 'text,label\nsecond,a\nthird,zzz\n');
  expect((await runCli('import', project, one, '--map', 'text=text,output=label')).stdout).toMatch(
    /^Imported 1 row from/,
  );
  const { stdout } = await runCli('import', project, two, '--map', 'text=text,output=label');
  expect(stdout).toMatch(/^Imported 2 rows from/);
  expect(stdout).toContain('"zzz", 1 row\n');
  const again = await runCli(
    'import',
    project,
    one,
    '--map',
    'text=text,output=label',
    '--reviewed-by',
    'Ana',
  );
  expect(again.stdout).toMatch(
    /^Imported 0 rows .*\n.*now approved by who checked the file: 1 row\.$/m,
  );
});
