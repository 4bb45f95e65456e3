import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/main/store/store.ts';
import { runCliJson as run, runCli } from '../../helpers/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-lookup-add-'));
const project = join(folder, 'desk.stillroom');

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const columns = ['--key', 'name', '--value', 'account', '--field', 'account', '--by', 'customer'];
const add = (name: string, file: string) => run('lookup', project, 'add', name, file, ...columns);
const list = async () => (await run('lookup', project, 'list')).value.lookups;

beforeAll(async () => {
  const properties = { customer: { type: 'string' }, account: { type: 'integer' } };
  const task = { name: 'desk', kind: 'extract', schema: { type: 'object', properties } };
  await run('new', project, '--task', write('task.json', JSON.stringify(task)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a table is refused', () => {
  const good = write('good.csv', 'name,account\nAcme,1\n');

  test.each([
    ['', 'needs a name'],
    ['  ', 'needs a name'],
    ['a=b', 'no "="'],
    ['n'.repeat(101), 'at most 100 characters'],
  ])('under the name %j, by which no one could hand it over', async (name, words) => {
    const { code, value } = await add(name, good);
    expect([code, value.error?.message]).toEqual([2, expect.stringContaining(words)]);
    expect(await list()).toEqual([]);
  });

  test('of which no value could ever fill the field', async () => {
    const { code, value } = await add(
      'codes',
      write('codes.csv', 'name,account\nAcme,AC-1\nHooli,x\n'),
    );
    expect([code, value.error?.message]).toEqual([
      2,
      expect.stringContaining('fits "account" (integer)'),
    ]);
    expect(await list()).toEqual([]);
  });
});

test('how many values of a table do not fit is told', async () => {
  const file = write('mixed.csv', 'name,account\nAcme,1\nHooli,AC-2\nStark,3.5\n');
  expect((await add('mixed', file)).value).toMatchObject({ rows: 3, keys: 3, unfit: 2 });
  const { stdout } = await runCli('lookup', project, 'add', 'mixed', file, ...columns);
  expect(stdout).toContain(
    'With a value that does not fit account, so that they fill nothing: 2 rows.',
  );
});

describe('doubts that were read with a table go with it', () => {
  const fact = 'ACC-4711-of-old';
  const rows = write(
    'rows.jsonl',
    ['a', 'b'].map((id) => `{"id":"${id}","text":"${id}"}\n`).join(''),
  );
  const table = write('table.csv', 'name,account\nAcme,1\n');

  /** As `curate` leaves them behind: one open, one dismissed, and one of a check that reads no table. */
  function plantFindings() {
    const store = openStore(project, { mode: 'write' });
    const evidence = { suggested: { account: fact } };
    const [first, second] = store.examples.ids();
    const finding = { otherId: null, score: 0.1, isFlagged: true, evidence };
    store.transaction(() => {
      store.findings.replace('label-error', [
        { ...finding, exampleId: first! },
        { ...finding, exampleId: second! },
      ]);
      store.findings.resolve('label-error', second!, 'dismissed');
      store.findings.replace('personal-data', [{ ...finding, exampleId: first!, evidence: {} }]);
    });
    store.checkpoint();
    store.close();
  }

  const remaining = () => {
    const store = openStore(project, { mode: 'read' });
    const found = [...store.findings.each({})].map(({ checkId, resolution }) => [
      checkId,
      resolution,
    ]);
    const ran = [...store.findingPages.statistics().keys()];
    store.close();
    return { found, ran };
  };

  test.each([
    ['added', () => add('mixed', table)],
    ['removed', () => run('lookup', project, 'remove', 'mixed')],
  ])('when one is %s', async (_, change) => {
    await run('import', project, rows);
    plantFindings();
    expect(readFileSync(project).includes(fact)).toBe(true);

    expect((await change()).value).toMatchObject({ ok: true, forgotten: 1 });
    expect(readFileSync(project).includes(fact)).toBe(false);
    expect(remaining()).toEqual({
      found: [
        ['label-error', 'dismissed'],
        ['personal-data', null],
      ],
      ran: ['personal-data', 'label-error'],
    });
  });
});
