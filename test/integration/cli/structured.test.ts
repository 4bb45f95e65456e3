import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/shared/domain/json.ts';
import type { Estimate } from '../../../src/shared/domain/metrics.ts';
import { runCli } from '../../helpers/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-structured-'));
const fixtures = new URL('../../fixtures/snips/', import.meta.url);

interface Row {
  readonly id: string;
  readonly text: string;
  readonly output: { readonly name: string; readonly arguments: { readonly [key: string]: Json } };
}
const rowsOf = (name: string): Row[] =>
  readFileSync(new URL(name, fixtures), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** The object that a command prints, when it ended well. */
async function run(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout } = await runCli(...args, '--json');
  expect([args[0], code, code === 0 ? '' : stdout]).toEqual([args[0], 0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function write(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

const map = ['--map', 'id=id,text=text,output=output'];
const reviewed = ['--reviewed-by', 'the data set'];

describe('a tools task, from its rows to a folder that answers', { timeout: 180_000 }, () => {
  const project = join(folder, 'calls.stillroom');
  let student: string;

  beforeAll(async () => {
    const rows = rowsOf('train.jsonl');
    const isCalibration = (_: unknown, i: number) => i % 4 === 0;
    const calibration = rows.filter(isCalibration);
    const train = rows.filter((row, i) => !isCalibration(row, i));
    // One teacher's invention among them, for curating to find.
    train[3] = {
      ...train[3]!,
      output: { name: 'GetWeather', arguments: { city: 'Atlantis upon Thames' } },
    };
    await run('new', project, '--task', new URL('task.json', fixtures).pathname);
    await run('import', project, write('train.jsonl', train), ...map, '--split', 'train');
    await run(
      'import',
      project,
      write('calibration.jsonl', calibration),
      ...map,
      '--split',
      'calibration',
      ...reviewed,
    );
    const test = new URL('test.jsonl', fixtures).pathname;
    await run('import', project, test, ...map, '--split', 'holdout', ...reviewed);
  });

  test('curating finds the value that is not in its text', async () => {
    await run('curate', project, '--checks', 'schema,field-value');
    const out = join(folder, 'findings.jsonl');
    await run('findings', project, '--check', 'field-value', '--out', out);
    const found = readFileSync(out, 'utf8').trim().split('\n');
    const flagged = found.map((line) => JSON.parse(line)).filter(({ flag }) => flag);
    expect(flagged.map(({ evidence }) => evidence.values[0].value)).toContain(
      'Atlantis upon Thames',
    );
    expect(flagged.length).toBeLessThan(5);
  });

  test('training tells how each field is learnt', async () => {
    const trained = await run('train', project, '--student', 'crf');
    student = trained.folder as string;
    const fields = trained.fields as { name: string; mode: string }[];
    expect(fields.find(({ name }) => name === 'city')).toMatchObject({ mode: 'span' });
    expect(trained.kind).toBe('crf');
  });

  test('every output fits the schema, and most are right', async () => {
    const { metrics } = await run('evaluate', project);
    const value = (id: string) => (metrics as Record<string, Estimate>)[id]!.value;
    expect(value('validJson')).toBe(1);
    expect(value('functionAccuracy')).toBeGreaterThan(0.9);
    expect(value('exactMatch')).toBeGreaterThan(0.45);
    expect(value('argumentF1')).toBeGreaterThan(0.7);
  });

  test('a bound on one field lets more through than one on all', async () => {
    const all = await run('route', project, '--max-error', '0.2');
    const some = await run('route', project, '--max-error', '0.2', '--critical', 'country');
    expect(some.coverage as number).toBeGreaterThan(all.coverage as number);
    const unknown = await runCli(
      ...['route', project, '--max-error', '0.2', '--critical', 'nothing', '--json'],
    );
    expect(unknown.code).toBe(2);
  });

  test('answers are calls', async () => {
    const questions = write('questions.jsonl', [
      { id: 7, text: 'play some jazz by Miles Davis on spotify' },
      { id: 'odd', text: '\u{1F355}\u{1F355} \u202Eبيتزا' },
      { id: 'empty', text: ' ' },
    ]);
    const out = join(folder, 'answers.jsonl');
    await run('predict', student, '--in', questions, '--out', out);
    const answers = readFileSync(out, 'utf8').trim().split('\n');
    expect(answers).toHaveLength(3);
    const first = JSON.parse(answers[0]!);
    expect(first).toMatchObject({ id: 7, output: { name: 'PlayMusic' } });
    expect(first.output.arguments.artist).toBe('Miles Davis');
  });

  test('data and student go out as files', async () => {
    const out = join(folder, 'files');
    const exported = await run('export', project, '--format', 'student', '--out', out);
    expect(exported.refused).toBeDefined();
    expect(readdirSync(out, { recursive: true }).map(String)).toContain('decoder.json');
  });
});

describe('an extract task', { timeout: 180_000 }, () => {
  test('numbers come out as numbers, lists as lists, and what is not said is left out', async () => {
    const numbers = 'one two three four five six seven eight nine ten'.split(' ');
    const toForm = ({ id, text, output }: Row) => {
      const { party_size_number: size, city, restaurant_type: type } = output.arguments;
      const seats = numbers.indexOf(String(size)) + 1 || Number(size);
      return {
        id,
        text,
        output: {
          ...(size === undefined || Number.isNaN(seats) ? {} : { seats }),
          ...(city === undefined ? {} : { place: { city } }),
          ...(type === undefined ? {} : { types: type }),
        },
      };
    };
    const bookings = (name: string) =>
      rowsOf(name)
        .filter(({ output }) => output.name === 'BookRestaurant')
        .map(toForm);
    const task = {
      name: 'bookings',
      kind: 'extract',
      schema: {
        type: 'object',
        properties: {
          seats: { type: 'integer', minimum: 1 },
          place: { type: 'object', properties: { city: { type: 'string' } } },
          types: { type: 'array', items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    };
    const taskFile = join(folder, 'form.json');
    writeFileSync(taskFile, JSON.stringify(task));
    const project = join(folder, 'bookings.stillroom');
    await run('new', project, '--task', taskFile);
    const train = write('bookings.jsonl', bookings('train.jsonl'));
    await run('import', project, train, ...map, '--split', 'train');
    const held = write('held.jsonl', bookings('test.jsonl'));
    await run('import', project, held, ...map, '--split', 'holdout', ...reviewed);
    const trained = await run('train', project, '--student', 'crf');
    const { metrics } = await run('evaluate', project);
    expect((metrics as Record<string, Estimate>).validJson!.value).toBe(1);

    const questions = write('seats.jsonl', [
      { id: 1, text: 'book a restaurant for six people in Lyon' },
      { id: 2, text: 'I want to book a pub' },
    ]);
    const out = join(folder, 'seats-out.jsonl');
    await run('predict', trained.folder as string, '--in', questions, '--out', out);
    const [first, second] = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).output);
    expect(first.seats).toBe(6);
    expect(first.place).toEqual({ city: 'Lyon' });
    expect(second).toEqual({ types: ['pub'] });
  });

  test('what is required and not in the text is missing, never guessed, and the output keeps its shape', async () => {
    const toTicket = ({ id, text, output }: Row, i: number) => ({
      id,
      text,
      output: {
        city: String(output.arguments.city ?? ''),
        reference: `R-${1000 + ((i * 7919) % 9000)}`,
        ...(output.arguments.country === undefined ? {} : { country: output.arguments.country }),
      },
    });
    const visits = (name: string) =>
      rowsOf(name)
        .filter(({ output }) => typeof output.arguments.city === 'string')
        .map(toTicket);
    const properties = {
      city: { type: 'string', minLength: 1 },
      reference: { type: 'string', pattern: '^R-\\d{4}$' },
      country: { type: 'string' },
    };
    const schema = { type: 'object', properties, required: ['city', 'reference'] };
    const taskFile = join(folder, 'visits.json');
    writeFileSync(taskFile, JSON.stringify({ name: 'visits', kind: 'extract', schema }));
    const project = join(folder, 'visits.stillroom');
    await run('new', project, '--task', taskFile);
    await run('import', project, write('visits.jsonl', visits('train.jsonl')), ...map);
    const held = write('visits-held.jsonl', visits('test.jsonl'));
    await run('import', project, held, ...map, '--split', 'holdout', ...reviewed);
    const trained = await run('train', project, '--student', 'crf');
    expect(trained.fields).toContainEqual(
      expect.objectContaining({ name: 'reference', mode: 'unlearnable', isNeeded: true }),
    );
    const { metrics } = await run('evaluate', project);
    const value = (id: string) => (metrics as Record<string, Estimate>)[id]!.value;
    expect(value('validJson')).toBe(1);
    expect(value('exactMatch')).toBe(0);
    expect(value('fieldF1')).toBeGreaterThan(0.5);

    const questions = write('visits-questions.jsonl', [
      { id: 1, text: 'what is the weather in Lyon, France' },
      { id: 2, text: '' },
    ]);
    const out = join(folder, 'visits-out.jsonl');
    const answered = await run(
      'predict',
      trained.folder as string,
      '--in',
      questions,
      '--out',
      out,
    );
    expect(answered).toMatchObject({ rows: 2, incomplete: 2 });
    const [first, second] = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      output: { city: 'Lyon', reference: 'R-0000' },
      confidence: 0,
      missing: ['reference'],
    });
    expect(second).toMatchObject({
      output: { city: '-', reference: 'R-0000' },
      missing: ['city', 'reference'],
    });
  });

  test('a schema that no student can fill in is refused with its place', async () => {
    const taskFile = join(folder, 'bad.json');
    const items = { type: 'object', properties: { name: { type: 'string' } } };
    const schema = { type: 'object', properties: { people: { type: 'array', items } } };
    writeFileSync(taskFile, JSON.stringify({ name: 'bad', kind: 'extract', schema }));
    const { code, stdout } = await runCli(
      ...['new', join(folder, 'bad.stillroom'), '--task', taskFile, '--json'],
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.message).toContain('/properties/people/items');
    expect(readdirSync(folder)).not.toContain('bad.stillroom');
  });
});
