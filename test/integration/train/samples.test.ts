import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { decodeFeatures } from '../../../src/main/train/features/features-file.ts';
import { createFeaturiser } from '../../../src/main/train/features/featuriser.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import type { Input, Predictor } from '../../../src/shared/domain/prediction.ts';
import { smallTexts } from '../../helpers/small-set.ts';
import { addRows, emptyProject, train } from '../../helpers/train-project.ts';

/** What programs disagree about: composed and decomposed marks, case without a partner, direction, width, halves of pairs. */
const nasty = [
  'Ça va? ÇA VA! C\u0327a va',
  'İstanbul ISPARTA ısrar i\u0307',
  'Straße STRASSE ẞ ſ ﬁn ﬀ ﬃ',
  'ΣΊΣΥΦΟΣ σίσυφος ς Ϲ',
  'Ωµ Ω µ ΅ ͺ ῼ ᾳ ᾼ',
  'ＦＵＬＬ　ｗｉｄｔｈ １２３ ①②Ⓐⓩ',
  '½ ² ㎏ ™ ℡ № ℃ Å K',
  'soft\u00adhyphen zero\u200bwidth join\u200der \ufeffmark ❤️ ✌🏽',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 e\u0301\u0302\u0303 \u0301alone',
  'مرحبا بالعالم שָׁלוֹם \u202eevil\u202c \u2066x\u2069',
  '漢字かな交じり文 한국어 ภาษาไทย हिन्दी देवनागरी',
  'ᲀ Ა ა Ꭰ ꭰ Ᲊ ꟊ 𐐀 𐐨 𞤀',
  'a\u0000b\tc\u000bd\u0085e\u00a0f\u2028g\u3000h',
  'lone \ud800 half \udc00 both \udc00\ud800 fine \ud83d\ude00',
  '\ufffd \uffff \u{10ffff} ()[]{}<>|~^`´¨¯¸',
  '   ',
  '',
];
const stranger = fc.string({ unit: 'binary', maxLength: 40 });
const texts = [
  ...nasty,
  ...fc.sample(stranger, { seed: 4, numRuns: 400 }),
  ...fc.sample(
    fc
      .array(fc.constantFrom(...nasty.join('').split(''), 'ß', 'İ', ' ', '\ud800'), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
    { seed: 5, numRuns: 300 },
  ),
];
const inputs: Input[] = texts.map((text, i) =>
  i % 3 === 0 ? { text, context: texts[(i * 7) % texts.length]! } : { text },
);

interface Features {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  readonly unseenShare: number;
}

let folder: string;
let predictor: Predictor;

beforeAll(async () => {
  const project = emptyProject();
  addRows(project, smallTexts(60));
  // Strangers in the vocabulary, twice so that they are kept: else all of their n-grams would be unknown.
  addRows(
    project,
    [...nasty, ...nasty].map((text, i) => ({
      text: `${text} ${i}`.replaceAll('\u0000', ''),
      label: i % 2 === 0 ? 'card' : 'nothing',
    })),
  );
  const trained = await train(project);
  folder = join(mkdtempSync(join(tmpdir(), 'stillroom-samples-')), 'student');
  cpSync(trained.folder, folder, { recursive: true });
  project.close();
  ({ predictor } = await loadStudent(folder));
}, 60_000);

function ownFeatures(): Features[] {
  const bytes = new Uint8Array(
    execFileSync('cat', [join(folder, 'features.json')], { maxBuffer: 1e9 }),
  );
  const featurise = createFeaturiser(decodeFeatures(bytes));
  return inputs.map((input) => {
    const { indices, values, count, unseenShare } = featurise(input);
    return {
      indices: [...indices.subarray(0, count)],
      values: [...values.subarray(0, count)],
      unseenShare,
    };
  });
}

function expectEqual(theirs: readonly Features[]): void {
  const own = ownFeatures();
  expect(theirs).toHaveLength(own.length);
  for (const [i, { indices, values, unseenShare }] of own.entries()) {
    const label = JSON.stringify(inputs[i]);
    expect(theirs[i]!.indices, label).toEqual(indices);
    expect(theirs[i]!.unseenShare, label).toBeCloseTo(unseenShare, 6);
    for (const [k, value] of values.entries())
      expect(Math.abs(theirs[i]!.values[k]! - value), label).toBeLessThan(1e-6);
  }
  // Not a comparison of nothing with nothing.
  expect(own.filter((row) => row.indices.length > 3).length).toBeGreaterThan(100);
}

/** Runs a program outside the project with the inputs as JSON on its standard input; its JSON answer. */
function runOutside(program: string, args: readonly string[]): unknown {
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const output = execFileSync(program, [...args], {
    cwd: dirname(folder),
    input: JSON.stringify(inputs),
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1e9,
  });
  return JSON.parse(output.toString('utf8'));
}

function has(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const pythonDriver = (body: string) => `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("ngrams", "student/run/ngrams.py")
ngrams = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ngrams)
inputs = json.load(sys.stdin)
${body}
`;
const hasPython = has('python3', '-c', 'import sys; assert sys.version_info >= (3, 8)');
const hasPythonRuntime = has('python3', '-c', 'import onnxruntime, numpy');

test('the JavaScript sample makes the same features', () => {
  const driver = `
    import { featurise } from './student/run/ngrams.mjs';
    import { readFileSync } from 'node:fs';
    const inputs = JSON.parse(readFileSync(0, 'utf8'));
    console.log(JSON.stringify(inputs.map(({ text, context }) => featurise(text, context))));`;
  writeFileSync(join(dirname(folder), 'driver.mjs'), driver);
  expectEqual(runOutside(process.execPath, ['driver.mjs']) as Features[]);
});

test.skipIf(!hasPython)('the Python sample makes the same features', () => {
  const body = `rows = [ngrams.featurise(row["text"], row.get("context")) for row in inputs]
print(json.dumps([{"indices": i, "values": v, "unseenShare": u} for i, v, u in rows]))`;
  expectEqual(runOutside('python3', ['-c', pythonDriver(body)]) as Features[]);
});

test('the JavaScript sample gives the same answers, outside the project', async () => {
  linkRuntime();
  const driver = `
    import { createStudent } from './student/run/predict.mjs';
    import { readFileSync } from 'node:fs';
    const answer = await createStudent();
    const answers = [];
    for (const { text, context } of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await answer(text, context));
    console.log(JSON.stringify(answers));`;
  writeFileSync(join(dirname(folder), 'answers.mjs'), driver);
  await expectSameAnswers(runOutside(process.execPath, ['answers.mjs']));
});

test.skipIf(!hasPythonRuntime)('the Python sample gives the same answers', async () => {
  const body = `answer = predict.create_student()
print(json.dumps([answer(row["text"], row.get("context")) for row in inputs]))`;
  await expectSameAnswers(runOutside('python3', ['-c', pythonDriver(body)]));
});

test('the samples route as router.json says', async () => {
  linkRuntime();
  const router = {
    threshold: 0.5,
    abstainLabels: ['weather'],
    maxOutlierScore: 1.5,
    fallback: 'person',
  };
  writeFileSync(join(folder, 'router.json'), JSON.stringify(router));
  const asked = ['order a new card', 'see the forecast', 'qqqq zzzz', 'Ωμέγα'];
  const output = execFileSync(process.execPath, ['student/run/predict.mjs', ...asked], {
    cwd: dirname(folder),
  });
  const routes = output
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).route);
  expect(routes).toEqual(['student', 'person', 'person', 'person']);
});

/** What `npm install onnxruntime-node` would bring, without fetching it. */
function linkRuntime(): void {
  const modules = join(dirname(folder), 'node_modules');
  mkdirSync(modules, { recursive: true });
  const own = realpathSync(
    dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')),
  );
  try {
    symlinkSync(own, join(modules, 'onnxruntime-node'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function expectSameAnswers(answers: unknown): Promise<void> {
  const theirs = answers as { output: string; confidence: number; route: string }[];
  const own = await predictor.predict(inputs);
  expect(theirs).toHaveLength(own.length);
  for (const [i, { output, confidence }] of own.entries()) {
    expect(theirs[i]!.output, JSON.stringify(inputs[i])).toBe(output);
    expect(Math.abs(theirs[i]!.confidence - confidence)).toBeLessThan(1e-5);
    expect(theirs[i]!.route).toBe('unrouted');
  }
}
