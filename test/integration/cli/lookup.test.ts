import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Estimate } from '../../../src/shared/domain/metrics.ts';
import { runCli } from '../../helpers/cli.ts';
import { expectToldOnTables } from '../../helpers/told-on-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-lookup-'));
const project = join(folder, 'desk.stillroom');

async function run(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout } = await runCli(...args, '--json');
  expect([args[0], code, code === 0 ? '' : stdout]).toEqual([args[0], 0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function write(name: string, content: string | readonly object[]): string {
  const path = join(folder, name);
  const text =
    typeof content === 'string'
      ? content
      : content.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(path, text);
  return path;
}

/** Each customer's account is a fact that no text tells. */
const customers = ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark', 'Wayne', 'Wonka'];
const accountOf = (customer: string) => `ACC${7_000_013 + 7_919 * customers.indexOf(customer)}`;
const phrases = [
  (name: string, topic: string) => `${name} asks about ${topic}`,
  (name: string, topic: string) => `a question of ${name} on ${topic}`,
  (name: string, topic: string) => `please help ${name} with ${topic}`,
  (name: string, topic: string) => `there is a problem with ${topic} at ${name}`,
];
const topics = ['invoice', 'parcel', 'order', 'lamp', 'refund'];
const makeRows = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const customer = customers[n % customers.length]!;
    const text = phrases[n % phrases.length]!(
      customer,
      `${topics[(n * 3 + (n >> 3)) % topics.length]!} ${1000 + n * 37}`,
    );
    return { id: `r${n}`, text, output: { customer, account: accountOf(customer) } };
  });

const map = ['--map', 'id=id,text=text,output=output'];
const add = (path: string, ...more: string[]) => [
  ...['lookup', project, 'add', 'accounts', path, '--key', 'name', '--value', 'account'],
  ...['--field', 'account', '--by', 'customer', ...more],
];
/** As an office keeps it: odd case and blanks, one customer twice, one not at all. */
const table = [
  'id;name;account',
  ...customers
    .filter((name) => name !== 'Wonka')
    .map((name, i) => `${i};"  ${name.toUpperCase()} ";${accountOf(name)}`),
  '90;Stark;ACC1',
  '91;;ACC2',
].join('\n');

const allBytes = (path: string): string =>
  readdirSync(path, { recursive: true })
    .map((name) => join(path, String(name)))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');

async function predict(student: string, texts: readonly string[], ...more: string[]) {
  const questions = write(
    'questions.jsonl',
    texts.map((text, id) => ({ id, text })),
  );
  const out = join(folder, 'answers.jsonl');
  await run('predict', student, '--in', questions, '--out', out, ...more);
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe('a field that a table fills', { timeout: 180_000 }, () => {
  const tablePath = write('accounts.csv', table);
  let learnt: string;
  let student: string;
  beforeAll(async () => {
    const properties = { customer: { type: 'string' }, account: { type: 'string', minLength: 3 } };
    const schema = { type: 'object', properties, required: ['customer', 'account'] };
    const task = write('task.json', JSON.stringify({ name: 'desk', kind: 'extract', schema }));
    await run('new', project, '--task', task);
    await run('import', project, write('rows.jsonl', makeRows(160, 0)), ...map, '--split', 'train');
    const held = write('held.jsonl', makeRows(40, 161));
    await run('import', project, held, ...map, '--split', 'holdout', '--reviewed-by', 'the desk');
    const first = await run('train', project, '--student', 'crf');
    learnt = first.folder as string;

    const added = await run(...add(tablePath));
    expect(added).toMatchObject({
      rows: 8,
      keys: 7,
      ambiguous: 1,
      refusedTotal: 1,
      isReplaced: false,
    });
    const second = await run('train', project, '--student', 'crf');
    expect(second.fields).toContainEqual(
      expect.objectContaining({
        name: 'account',
        mode: 'lookup',
        lookup: { table: 'accounts', by: 'customer' },
        values: 160,
        distinct: 8,
      }),
    );
    student = second.folder as string;
  });

  test('no fact of it is in the student’s folder; control: one that learns it has some', () => {
    const facts = customers.map(accountOf);
    const found = (path: string) => facts.filter((fact) => allBytes(path).includes(fact));
    expect(found(student)).toEqual([]);
    expect(found(learnt).length).toBeGreaterThan(3);
    // Whoever gets the folder is told which table it needs.
    const card = (path: string) => readFileSync(join(path, 'MODEL_CARD.md'), 'utf8');
    expect(card(student)).toContain('account: filled from table accounts by customer');
    expect(card(learnt)).not.toContain('filled from table');
  });

  test('is looked up when the student answers, by what it read', async () => {
    const texts = [
      'globex asks about order 55',
      'please help Stark with refund 77',
      'please help Wonka with refund 77',
    ];
    const [known, twice, unknown] = await predict(student, texts, '--project', project);
    expect(known.output).toEqual({ customer: 'globex', account: accountOf('Globex') });
    expect(known.missing).toEqual([]);
    expect(known.confidence).toBeGreaterThan(0);
    for (const { output, missing, confidence } of [twice, unknown])
      expect([output.account, missing, confidence]).toEqual(['---', ['account'], 0]);
  });

  test('counts in the evaluation as everything else does', async () => {
    const { metrics, warnings } = await run('evaluate', project);
    expect(warnings).not.toContainEqual(expect.stringContaining('filled from table'));
    const { exactMatch, validJson } = metrics as Record<string, Estimate>;
    expect(validJson!.value).toBe(1);
    // Of eight customers one has two accounts and one has none.
    expect(exactMatch!.value).toBeGreaterThan(0.6);
    expect(exactMatch!.value).toBeLessThanOrEqual(0.75);
  });

  test('the list of students says how many whole outputs each had right', async () => {
    const { students } = await run('students', project);
    const [{ validation }] = students as [{ validation: Record<string, Estimate> }];
    const { stdout } = await runCli('students', project);
    expect(stdout.split('\n')[0]).toContain(
      `validation whole outputs right ${(validation.exactMatch!.value * 100).toFixed(1)} %`,
    );
  });

  test('outside of the project comes from a file, or is missing', async () => {
    const texts = ['Globex asks about order 55'];
    const questions = write('one.jsonl', [{ id: 1, text: texts[0] }]);
    const out = join(folder, 'one-out.jsonl');
    const bare = await run('predict', student, '--in', questions, '--out', out);
    expect(bare.unfilled).toEqual([
      'account: filled from table accounts by customer, which was not given.',
    ]);
    expect(bare.incomplete).toBe(1);
    const [answer] = await predict(student, texts, '--table', `accounts=${tablePath}`);
    expect(answer.output.account).toBe(accountOf('Globex'));
    const wrong = ['--table', `other=${tablePath}`, '--json'];
    const asked = await runCli('predict', student, '--in', questions, '--out', out, ...wrong);
    expect(asked.code).toBe(2);
    const empty = `accounts=${write('empty.csv', 'name,account\n')}`;
    const { code, stdout } = await runCli(
      ...['predict', student, '--in', questions, '--out', out, '--table', empty, '--json'],
    );
    expect([code, JSON.parse(stdout).error?.message]).toEqual([
      2,
      expect.stringContaining('has no row with both "name" and "account"'),
    ]);
  });

  test('is not filled from a table of the same name that is for something else', async () => {
    const texts = ['Globex asks about order 55'];
    const [before] = await predict(student, texts, '--project', project);
    expect(before.output.account).toBe(accountOf('Globex'));
    const lookup = ['lookup', project, 'add', 'accounts'];
    const other = write(
      'owners.csv',
      'name;account;owner\nGlobex;ACC-OTHER;Olga\nGlobal;ACC-X;Ove\n',
    );
    const columns = (field: string, by: string, value: string) => [
      ...['--key', 'name', '--value', value, '--field', field, '--by', by],
    ];
    for (const how of [
      columns('account', 'customer', 'owner'),
      columns('customer', 'account', 'account'),
    ]) {
      await run(...lookup, other, ...how);
      const [answer] = await predict(student, texts, '--project', project);
      expect([answer.output.account, answer.missing]).toEqual(['---', ['account']]);
      const questions = write('same-name.jsonl', [{ id: 1, text: texts[0] }]);
      const out = join(folder, 'same-name-out.jsonl');
      const told = await run(
        'predict',
        student,
        '--in',
        questions,
        '--out',
        out,
        '--project',
        project,
      );
      expect(told.unfilled).toEqual([
        'account: filled from table accounts by customer, which was not given.',
      ]);
    }
    await run(...add(tablePath));
    const [again] = await predict(student, texts, '--project', project);
    expect(again.output.account).toBe(accountOf('Globex'));
  });

  test('is filled by the folder’s own program, too', () => {
    const modules = join(folder, 'alone', 'node_modules');
    mkdirSync(modules, { recursive: true });
    const found = realpathSync(createRequire(import.meta.url).resolve('onnxruntime-node'));
    const end = found.lastIndexOf('node_modules') + 'node_modules'.length;
    for (const name of ['onnxruntime-node', 'onnxruntime-common'])
      symlinkSync(join(found.slice(0, end), name), join(modules, name));
    execFileSync('cp', ['-r', student, join(folder, 'alone', 'student')]);
    const csv = write('alone.csv', `\uFEFFname;account\r\n"globex ";${accountOf('Globex')}\r\n`);
    const programs = join(folder, 'alone', 'student', 'run');
    const answer = (...args: string[]) =>
      JSON.parse(
        execFileSync(process.execPath, [join(programs, 'predict.mjs'), ...args]).toString('utf8'),
      );
    expect(answer('--table', `accounts=${csv}`, 'Globex asks about order 55')).toMatchObject({
      output: { customer: 'Globex', account: accountOf('Globex') },
      missing: [],
    });
    expect(answer('Globex asks about order 55')).toMatchObject({
      missing: ['account'],
      confidence: 0,
    });
    expectToldOnTables(programs, csv);
  });

  test('tables are listed, replaced and removed, and what is gone is gone from the file', async () => {
    const { lookups } = await run('lookup', project, 'list');
    expect(lookups).toMatchObject([
      { name: 'accounts', field: 'account', by: 'customer', keys: 7 },
    ]);
    const again = write('again.jsonl', [{ name: 'Acme', account: 'ACC-ODD-99' }]);
    expect(await run(...add(again))).toMatchObject({ isReplaced: true, keys: 1 });
    expect(
      readFileSync(project, 'latin1') +
        readFileSync(`${project}-wal`, { encoding: 'latin1', flag: 'a+' }),
    ).toContain('ACC-ODD-99');
    // The student that learnt the field instead does not need the table.
    const removed = await run('lookup', project, 'remove', 'accounts');
    expect(removed.neededBy).toEqual([basename(student)]);
    expect(await run('lookup', project, 'list')).toMatchObject({ lookups: [] });
    expect(readFileSync(project, 'latin1')).not.toContain('ACC-ODD-99');
    const { warnings } = await run('evaluate', project);
    expect(warnings).toContainEqual(
      expect.stringContaining('account: filled from table accounts by customer, which is not in'),
    );
  });

  test.each([
    [['--field', 'nothing'], 'no field "nothing"'],
    [['--by', 'account'], 'by itself'],
    [['--value', 'nothing'], 'no column "nothing"'],
  ])('%j is refused', async (more, words) => {
    const { code, stdout } = await runCli(...add(tablePath, ...more), '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.message).toContain(words);
    expect(await run('lookup', project, 'list')).toMatchObject({ lookups: [] });
  });
});
