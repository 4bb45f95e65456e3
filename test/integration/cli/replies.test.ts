import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RouteOutcome } from '../../../src/shared/contract/route.ts';
import type { ReplyLearning, TrainOutcome } from '../../../src/shared/contract/train.ts';
import type { Estimate } from '../../../src/shared/domain/metrics.ts';
import { runCli } from '../../helpers/cli.ts';
import { createHouseRows, type HouseRow } from '../../helpers/house-replies.ts';
import { has, runOutside } from '../../helpers/outside.ts';
import { startTeacher } from '../teach/teacher-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-replies-'));
const project = join(folder, 'house.stillroom');

/** The object that a command prints, when it ended well. */
async function run<Value = Record<string, unknown>>(...args: string[]): Promise<Value> {
  const { code, stdout } = await runCli(...args, '--json');
  expect([args[0], code, code === 0 ? '' : stdout]).toEqual([args[0], 0, '']);
  return JSON.parse(stdout) as Value;
}

function write(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

const readLines = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

interface Answer {
  readonly id: string;
  readonly output: string;
  readonly confidence: number;
  readonly missing: readonly string[];
  readonly route: string;
}

describe('replies in the words of a house, from a teacher to a folder that answers', {
  timeout: 240_000,
}, () => {
  // What the teacher writes has mistakes; what people gave for measuring has none.
  const taught = createHouseRows(900, { reworded: 0.2, invented: 0.06 });
  const clean = createHouseRows(900, { reworded: 0.2, invented: 0 });
  const train = taught.slice(0, 450);
  const calibration = clean.slice(450, 750);
  const holdout = clean.slice(750);
  const replyTo = new Map(train.map(({ text, output }) => [text, output]));
  let teacher: Awaited<ReturnType<typeof startTeacher>>;
  let trained: TrainOutcome & { readonly replies: ReplyLearning };

  beforeAll(async () => {
    teacher = await startTeacher(({ text }) => ({
      content: JSON.stringify({ text: replyTo.get(text) ?? 'I do not know this text.' }),
    }));
    const task = { name: 'House replies', kind: 'rewrite', instructions: 'Reply in our words.' };
    await run('new', project, '--task', write('task.json', [task]));
    const texts = train.map(({ id, text }) => ({ id, text }));
    await run(
      'import',
      project,
      write('train.jsonl', texts),
      '--map',
      'id=id,text=text',
      '--split',
      'train',
    );
    for (const [split, rows] of Object.entries({ calibration, holdout })) {
      const map = ['--map', 'id=id,text=text,output=output', '--reviewed-by', 'the house'];
      await run('import', project, write(`${split}.jsonl`, rows), ...map, '--split', split);
    }
    await run(
      'consent',
      project,
      '--set',
      'permitted',
      '--where',
      'split=train',
      '--basis',
      'terms',
    );
    const asked = await run('teach', project, '--base-url', teacher.baseUrl, '--model', 'm');
    expect(asked.accepted).toBe(train.length);
    trained = await run('train', project, '--student', 'crf');
  }, 240_000);
  afterAll(() => teacher?.close());

  test('training finds the wordings, and tells what follows none', () => {
    const { rows, following, withUnknownValue, types, others } = trained.replies;
    expect(types.length).toBeGreaterThanOrEqual(8);
    expect(types.length).toBeLessThanOrEqual(10);
    const count = (how: HouseRow['how']) => train.filter((row) => row.how === how).length;
    expect(rows).toBe(trained.rows);
    expect(following).toBeGreaterThan(0.95 * (count('house') + count('reworded')) - 10);
    expect(withUnknownValue).toBeGreaterThan(0.5 * count('invented'));
    expect(others.length).toBeGreaterThan(0.9 * count('own words') - 10);
    expect(Math.max(...types.map(({ approvedRows }) => approvedRows))).toBe(0);
  });

  test('the folder and its card name no customer and quote no reply but the wordings', () => {
    const files = readdirSync(trained.folder, { recursive: true }).map(String);
    expect(files).toContain('run/reply.mjs');
    const card = readFileSync(join(trained.folder, 'MODEL_CARD.md'), 'utf8');
    expect(card).toContain('Hello [name], we are sorry that the machine kept your card.');
    const numbers = train.flatMap(
      ({ output }) => output.match(/£[0-9.]+[0-9]|[a-z.0-9]+@example\.org/g) ?? [],
    );
    expect(numbers.length).toBeGreaterThan(100);
    const said = `${card}${readFileSync(join(trained.folder, 'student.json'), 'utf8')}`;
    expect(numbers.filter((number) => said.includes(number))).toEqual([]);
  });

  test('most replies are right, and none states a fact from nowhere', async () => {
    const { metrics, baselines } = await run<{
      metrics: Record<string, Estimate>;
      baselines: Record<string, Record<string, Estimate>>;
    }>('evaluate', project);
    const value = (id: string) => metrics[id]!.value;
    expect(value('replyRight')).toBeGreaterThan(0.85);
    expect(value('replyCoverage')).toBeGreaterThan(0.75);
    expect(value('factsInvented')).toBe(0);
    expect(value('factsKept')).toBeGreaterThan(0.95);
    expect(value('chrf')).toBeGreaterThan(0.9);
    expect(value('validJson')).toBe(1);
    // The control: a neighbour's reply says the neighbour's facts.
    expect(baselines.knn!.factsInvented!.value).toBeGreaterThan(0.3);
    expect(baselines.knn!.replyRight!.value).toBeLessThan(value('replyRight') - 0.3);
  });

  test('a bound on wrong replies; what no wording fits goes to a person', async () => {
    const routed = await run<RouteOutcome>('route', project, '--max-error', '0.1');
    expect(routed.coverage).toBeGreaterThan(0.6);
    expect(routed.errorUpperBound).toBeLessThanOrEqual(0.1);
    expect(routed.abstained['no-reply']).toBeGreaterThan(10);
    expect(routed.labels.map(({ label }) => label)).toContain('(no reply)');
  });

  const questions = [
    {
      id: 'whole',
      text: 'I need my money back from the shop, I want a refund. It was £41.17. My name is Zelda Quirin.',
    },
    { id: 'lacking', text: 'I was charged twice for the same transaction!' },
    { id: 'none', text: 'Why do I need to verify my identity?' },
    { id: 'odd', text: '\u{1F355}\u{1F355} \u202Eبيتزا' },
  ];

  test('answers are texts, with values read in each; what lacks one is told and kept back', async () => {
    const out = join(folder, 'answers.jsonl');
    await run('predict', trained.folder, '--in', write('questions.jsonl', questions), '--out', out);
    const answers = readLines(out) as Answer[];
    const of = (id: string) => answers.find((answer) => answer.id === id)!;
    expect(of('whole').output).toBe(
      'Hello Zelda Quirin, thank you for getting in touch. We have asked the shop for a refund of £41.17 and will write to you as soon as we hear back. Kind regards, your card team',
    );
    expect(of('lacking')).toMatchObject({ confidence: 0, route: 'person' });
    expect(of('lacking').missing.length).toBeGreaterThan(0);
    for (const name of of('lacking').missing) expect(of('lacking').output).toContain(`[${name}]`);
    expect(of('none')).toMatchObject({ output: '', route: 'person' });
    expect(of('odd').route).toBe('person');
  });

  test('the programs of its folder give the same', async () => {
    const out = join(folder, 'all.jsonl');
    const rows = [...questions, ...holdout.slice(0, 60)];
    await run('predict', trained.folder, '--in', write('all.jsonl', rows), '--out', `${out}.own`);
    const own = (readLines(`${out}.own`) as Answer[]).map(({ id: _, ...answer }) => answer);
    expect(new Set(own.map(({ output }) => output)).size).toBeGreaterThan(30);
    const round = (answers: unknown) =>
      (answers as Omit<Answer, 'id'>[]).map(({ output, confidence, missing, route }) => {
        return { output, confidence: confidence.toFixed(4), missing, route };
      });

    const modules = join(trained.folder, '..', 'node_modules');
    const found = realpathSync(createRequire(import.meta.url).resolve('onnxruntime-node'));
    const end = found.lastIndexOf('node_modules') + 'node_modules'.length;
    mkdirSync(modules);
    for (const name of ['onnxruntime-node', 'onnxruntime-common'])
      symlinkSync(join(found.slice(0, end), name), join(modules, name));
    const driver = write('driver.mjs', []);
    writeFileSync(
      driver,
      `import { readFileSync } from 'node:fs';
import { createStudent } from ${JSON.stringify(join(trained.folder, 'run/predict.mjs'))};
const answer = await createStudent();
const answers = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await answer(text));
console.log(JSON.stringify(answers));`,
    );
    const texts = rows.map(({ text }) => text);
    expect(round(runOutside(folder, process.execPath, [driver], texts))).toEqual(round(own));
    if (!has('python3', '-c', 'import onnxruntime, numpy')) return;
    const body = `import json, sys
sys.path.insert(0, ${JSON.stringify(join(trained.folder, 'run'))})
from predict import create_student
answer = create_student()
print(json.dumps([answer(text) for text in json.load(sys.stdin)]))`;
    expect(round(runOutside(folder, 'python3', ['-c', body], texts))).toEqual(round(own));
  });

  test('data and student go out as files', async () => {
    const out = join(folder, 'student');
    await run('export', project, '--format', 'student', '--out', out, '--draft');
    expect(readdirSync(out)).toContain('decoder.json');
    await run(
      'export',
      project,
      '--format',
      'openai-chat',
      '--out',
      join(folder, 'data'),
      '--draft',
      '--include-private',
    );
  });
});

test('replies that have nothing in common are refused, with what to do', {
  timeout: 60_000,
}, async () => {
  const other = join(folder, 'other.stillroom');
  const task = { name: 'Free replies', kind: 'rewrite', instructions: 'Reply freely.' };
  await run('new', other, '--task', write('free.json', [task]));
  const words = 'amber birch cedar dune ember fjord grove heath inlet jetty knoll ledge'.split(' ');
  const rows = Array.from({ length: 30 }, (_, i) => {
    const output = [1, 5, 7, 11, 3]
      .map((step) => words[(i * step + (i % 7)) % words.length])
      .join(' ');
    return { id: i, text: `Question ${i}`, output };
  });
  await run('import', other, write('free.jsonl', rows), '--map', 'id=id,text=text,output=output');
  const { code, stdout } = await runCli('train', other, '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'train.data' });
  expect(JSON.parse(stdout).error.message).toMatch(
    /No type of reply was found.*review.*instructions/,
  );
});
