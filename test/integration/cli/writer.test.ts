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
import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import type { TrainOutcome } from '../../../src/shared/contract/train.ts';
import { makeDecoder } from '../../fixtures/decoders/make-decoder.ts';
import {
  chatTemplate,
  vocabularySize,
  writeDecoderFolder,
} from '../../fixtures/decoders/write-folder.ts';
import { runCli } from '../../helpers/cli.ts';
import { has, runOutside } from '../../helpers/outside.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-writer-'));
const project = join(folder, 'desk.stillroom');
const base = writeDecoderFolder(
  join(folder, 'base'),
  makeDecoder({ vocabulary: vocabularySize, attention: 'rotated', isAskedForLogits: true }),
  { chatTemplate },
);

/** A desk's replies to four kinds of short texts; that to the last names a case that no text gives. */
function makeRows(count: number, seed: number) {
  const rng = createRng(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(rng.next() * list.length)]!;
  const who = ['I', 'we', 'my mum', 'the shop', 'a man', 'Ann', 'Bob', 'our son', 'you', 'they'];
  return Array.from({ length: count }, (_, i) => {
    const kind = i % 4;
    const subject = pick(who);
    const text = [
      `${subject} lost the card`,
      `pin of ${subject} fails`,
      `fee for ${subject}?`,
      `${subject} wait for a case`,
    ][kind]!;
    const number = 1_000 + Math.floor(rng.next() * 9_000);
    const output = [
      'We block the card now.',
      'Please use the app.',
      'No fee for you!',
      `Case ${number} is open.`,
    ][kind]!;
    return {
      id: `${seed}-${i}`,
      text: `${text} ${pick(['please', 'now', 'today', 'again', 'ok', 'or not', 'sadly', 'at home', 'in town', 'here'])}`,
      output,
    };
  });
}

interface Said {
  readonly output: string;
  readonly isWhole: boolean;
  readonly unproven: readonly string[];
  readonly route: string;
}

async function run<Value = Record<string, unknown>>(...args: string[]): Promise<Value> {
  const { code, stdout } = await runCli(...args, '--json');
  expect([args[0], code, code === 0 ? '' : stdout]).toEqual([args[0], 0, '']);
  return JSON.parse(stdout) as Value;
}

async function refusal(...args: string[]): Promise<string> {
  const { code, stdout } = await runCli(...args, '--json');
  expect(code).not.toBe(0);
  return (JSON.parse(stdout) as { error: { message: string } }).error.message;
}

const write = (name: string, rows: readonly object[]) => {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
};

describe('a writer, from a language model’s folder to drafts', { timeout: 300_000 }, () => {
  let trained: TrainOutcome;
  let said: readonly Said[];
  const holdout = makeRows(24, 9);
  const texts = holdout.map(({ text }) => text);

  beforeAll(async () => {
    const task = { name: 'Desk', kind: 'rewrite', instructions: 'Reply in our words.' };
    await run('new', project, '--task', write('task.json', [task]));
    for (const [split, rows] of Object.entries({
      train: makeRows(240, 1),
      calibration: makeRows(40, 5),
      holdout,
    })) {
      const map = ['--map', 'id=id,text=text,output=output', '--reviewed-by', 'the desk'];
      await run('import', project, write(`${split}.jsonl`, rows), ...map, '--split', split);
    }
    trained = await run(
      'train',
      project,
      '--student',
      'writer',
      '--base',
      base,
      '--epochs',
      '40',
      '--learning-rate',
      '0.004',
      '--rank',
      '16',
    );
  }, 300_000);

  test('is trained, and tells how much closer the rows held out have become', () => {
    expect(trained.kind).toBe('writer');
    expect(trained.rows).toBeGreaterThan(40);
    const [fell = ''] = trained.shortcuts;
    const [before, after] = /from ([0-9.]+) \(example\/tiny-writer\) to ([0-9.]+)\.$/u
      .exec(fell)!
      .slice(1)
      .map(Number);
    expect(before).toBeGreaterThan(50);
    expect(after).toBeLessThan(3);
    expect(readdirSync(trained.folder, { recursive: true }).map(String).sort()).toEqual([
      'MODEL_CARD.md',
      'model.onnx',
      'run',
      'run/predict.mjs',
      'run/predict.py',
      'student.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'writer.json',
    ]);
    const card = readFileSync(join(trained.folder, 'MODEL_CARD.md'), 'utf8');
    expect(card).toContain('writes a draft');
    expect(card).toContain('example/tiny-writer');
    expect(card).not.toMatch(/lost the card|trained anew|calibrat/u);
  });

  test('writes as the rows do, refuses what it made up, and leaves everything to a person', async () => {
    const out = join(folder, 'answers.jsonl');
    const { routed } = await run(
      'predict',
      trained.folder,
      '--in',
      write('in.jsonl', holdout),
      '--out',
      out,
    );
    expect(routed).toEqual({ person: holdout.length });
    const answers = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { output: string; confidence: number });
    const invents = (i: number) => i % 4 === 3;
    const right = answers.filter(({ output }, i) => !invents(i) && output === holdout[i]!.output);
    expect(right.length).toBeGreaterThanOrEqual(0.75 * 18);
    for (const [i, { output, confidence }] of answers.entries())
      if (invents(i)) expect([output, confidence]).toEqual(['', 0]);
      else if (output !== '') expect(confidence).toBeGreaterThan(0.3);
  });

  test('is measured and routed as other students are: no answer of it is given unseen', async () => {
    const { metrics } = await run<{ metrics: Record<string, { value: number }> }>(
      'evaluate',
      project,
    );
    expect(metrics.factsInvented!.value).toBe(0);
    expect(metrics.chrf!.value).toBeGreaterThan(0.9);
    const routed = await run<{ coverage: number; threshold: number | null }>(
      'route',
      project,
      '--max-error',
      '20%',
    );
    expect(routed).toMatchObject({ coverage: 0, threshold: null });
    const { predictor } = await loadStudent(trained.folder);
    expect((await predictor.predict([{ text: 'pin of I fails now' }]))[0]).toMatchObject({
      output: 'Please use the app.',
      isDraft: true,
    });
    await predictor.close();
  });

  test('its programs write the same, and name what nothing proves', () => {
    const modules = join(folder, 'node_modules');
    const found = realpathSync(createRequire(import.meta.url).resolve('onnxruntime-node'));
    const own = found.slice(0, found.lastIndexOf('node_modules') + 'node_modules'.length);
    mkdirSync(join(modules, '@huggingface'), { recursive: true });
    for (const name of ['onnxruntime-node', 'onnxruntime-common', '@huggingface/tokenizers'])
      symlinkSync(join(own, name), join(modules, name));
    writeFileSync(
      join(folder, 'driver.mjs'),
      `import { createStudent } from ${JSON.stringify(join(trained.folder, 'run/predict.mjs'))};
let text = ''; for await (const part of process.stdin) text += part;
const answer = await createStudent();
const said = []; for (const one of JSON.parse(text)) said.push(await answer(one));
console.log(JSON.stringify(said));`,
    );
    symlinkSync(modules, join(trained.folder, 'node_modules'));
    said = runOutside(folder, process.execPath, [join(folder, 'driver.mjs')], texts) as Said[];
    const answers = readFileSync(join(folder, 'answers.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { output: string });
    for (const [i, { output, isWhole, unproven, route }] of said.entries()) {
      expect(route).toBe('person');
      if (answers[i]!.output !== '')
        expect([output, isWhole, unproven]).toEqual([answers[i]!.output, true, []]);
    }
    const invented = said.filter((_, i) => i % 4 === 3);
    expect(
      invented.filter(({ output, unproven }) => /Case [0-9]+/u.test(output) && unproven.length > 0)
        .length,
    ).toBeGreaterThan(3);
  });

  test.skipIf(!has('python3', '-c', 'import onnxruntime, numpy, tokenizers'))(
    'in Python, too (left out where its packages are missing)',
    () => {
      const body = `import json, sys
sys.path.insert(0, ${JSON.stringify(join(trained.folder, 'run'))})
from predict import create_student
answer = create_student()
print(json.dumps([answer(one) for one in json.load(sys.stdin)]))`;
      expect(runOutside(folder, 'python3', ['-c', body], texts)).toEqual(said);
    },
  );

  test('what does not belong together is refused before anything is trained', async () => {
    expect(await refusal('train', project, '--student', 'writer')).toContain('--base FOLDER');
    expect(await refusal('train', project, '--student', 'crf', '--base', base)).toContain(
      '--student writer',
    );
    expect(await refusal('train', project, '--student', 'crf', '--epochs', '3')).toContain(
      '--student writer',
    );
    expect(
      await refusal('train', project, '--student', 'writer', '--base', join(folder, 'none')),
    ).toContain('There is no folder');
    expect(
      await refusal('train', project, '--student', 'writer', '--base', base, '--encoder', base),
    ).toContain('takes no encoder');
  });
});
