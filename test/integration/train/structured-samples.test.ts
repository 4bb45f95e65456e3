import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { unwatched } from '../../../src/main/lib/work.ts';
import { readTokenizer } from '../../../src/main/train/backbones/read-tokenizer.ts';
import { createAssembler } from '../../../src/main/train/structured/assemble.ts';
import { createWordFeatureReader } from '../../../src/main/train/structured/crf/features/word-features.ts';
import { decodeWordFeatures } from '../../../src/main/train/structured/crf/features/word-features-file.ts';
import {
  indexVocabulary,
  toWordMatrix,
} from '../../../src/main/train/structured/crf/features/word-vocabulary.ts';
import { encodeDecoder } from '../../../src/main/train/structured/decoder-file.ts';
import { structuredStudents } from '../../../src/main/train/structured/index.ts';
import { learnRows } from '../../../src/main/train/structured/learn.ts';
import { createPieceReader } from '../../../src/main/train/structured/tagger/pieces.ts';
import { tagger } from '../../../src/main/train/structured/tagger/tagger.ts';
import { findNothing } from '../../../src/shared/domain/lookup.ts';
import type { Input, Prediction } from '../../../src/shared/domain/prediction.ts';
import { makeEncoder, plainStyle } from '../../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../../fixtures/encoders/write-folder.ts';
import { toAnswered } from '../../helpers/answered-rows.ts';
import { nastyTexts } from '../../helpers/nasty-texts.ts';
import { has, runOutside } from '../../helpers/outside.ts';
import { smallFormSet, smallPlan } from '../../helpers/small-form-set.ts';

const texts = [
  ...smallFormSet(60, 7).rows.map(({ input }) => input.text),
  // Requests that leave out what their function needs.
  ...['please order', 'order a', 'I need', 'buy me one', 'I travel', 'going to', 'see on monday'],
  ...nastyTexts,
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { seed: 4, numRuns: 150 }),
];
const inputs: Input[] = texts.map((text, i) =>
  i % 3 === 0 ? { text, context: texts[(i * 7) % texts.length]! } : { text },
);

let folder: string;
let files: Readonly<Record<string, string | Uint8Array>>;
let own: Prediction[];

const kinds = [
  ...structuredStudents.map((student) => ({
    title: student.id,
    student,
    encoderFolder: undefined,
  })),
  {
    title: 'tagger, on an encoder of the user’s',
    student: tagger,
    encoderFolder: writeEncoderFolder(
      mkdtempSync(join(tmpdir(), 'stillroom-encoder-')),
      makeEncoder(plainStyle),
    ),
  },
];

describe.each(kinds)('the programs of a folder of $title', ({ student, encoderFolder }) => {
  beforeAll(async () => {
    const lesson = learnRows(smallPlan.form, smallFormSet(200).rows.map(toAnswered), {
      lookups: [],
      find: findNothing,
    });
    const options = { seed: 3, threads: 1, ...(encoderFolder ? { encoderFolder } : {}) };
    const parts = (await student.train(lesson.set, options, unwatched)).export();
    const model = student.isQuickerInInt8 ? 'model.int8.onnx' : 'model.onnx';
    const assembly = {
      ...lesson,
      confidence: { intercept: 0.3, weights: { product: 0.8, unseen: -1, values: 0.1 } },
    };
    files = {
      ...parts.files,
      'decoder.json': encodeDecoder({ assembly, model: parts.decoder }),
      'student.json': JSON.stringify({ model, outlier: { unseenWeight: 2 } }),
    };
    folder = join(mkdtempSync(join(tmpdir(), 'stillroom-fields-')), 'student');
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), contents);
    }
    const loaded = await student.load((path) => new Uint8Array(Buffer.from(files[path]!)), {
      threads: 1,
      variant: student.isQuickerInInt8 ? 'int8' : 'full',
      plan: lesson.plan,
      decoder: parts.decoder,
    });
    const assemble = createAssembler(assembly);
    own = (await loaded.parse(inputs, unwatched)).map((parse, i) => assemble(parse, inputs[i]!));
    await loaded.close();
    const modules = join(dirname(folder), 'node_modules');
    mkdirSync(modules, { recursive: true });
    const found = realpathSync(createRequire(import.meta.url).resolve('onnxruntime-node'));
    const end = found.lastIndexOf('node_modules') + 'node_modules'.length;
    mkdirSync(join(modules, '@huggingface'));
    for (const name of ['onnxruntime-node', 'onnxruntime-common', '@huggingface/tokenizers'])
      symlinkSync(join(found.slice(0, end), name), join(modules, name));
  }, 300_000);

  function runScript(body: string, given: unknown): unknown {
    const driver = join(dirname(folder), 'driver.mjs');
    writeFileSync(
      driver,
      `import { readFileSync } from 'node:fs';
const given = JSON.parse(readFileSync(0, 'utf8'));
${body}`,
    );
    return runOutside(dirname(folder), process.execPath, [driver], given);
  }

  function runPython(body: string, given: unknown): unknown {
    const driver = `import json, sys
sys.path.insert(0, "student/run")
given = json.load(sys.stdin)
${body}`;
    return runOutside(dirname(folder), 'python3', ['-c', driver], given);
  }

  const needed = encoderFolder ? 'import tokenizers, sys' : 'import sys';
  const hasPython = has('python3', '-c', `${needed}; assert sys.version_info >= (3, 8)`);
  const hasPythonRuntime = has('python3', '-c', 'import onnxruntime, numpy');

  interface Answer {
    readonly output: unknown;
    readonly confidence: number;
    readonly missing: readonly string[];
    readonly outlierScore?: number;
  }

  function expectSame(found: unknown, difference = 1e-5): void {
    const answers = found as Answer[];
    expect(answers).toHaveLength(own.length);
    own.forEach(({ output, confidence, missing, outlierScore }, i) => {
      const label = JSON.stringify(inputs[i]);
      expect(answers[i]!.output, label).toEqual(output);
      expect(answers[i]!.missing, label).toEqual(missing);
      expect(Math.abs(answers[i]!.confidence - confidence), label).toBeLessThan(difference);
      if (answers[i]!.outlierScore !== undefined)
        expect(Math.abs(answers[i]!.outlierScore - outlierScore!), label).toBeLessThan(difference);
    });
    // Not a comparison of nothing with nothing.
    const isForced = ({ fields }: Prediction) =>
      fields!.some(({ span, confidence }) => span && confidence < 0.1);
    expect(own.filter(isForced).length).toBeGreaterThan(2);
    expect(own.filter(({ output }) => JSON.stringify(output).length > 45).length).toBeGreaterThan(
      20,
    );
  }

  /** Features of each word as the student itself reads them. */
  function ownFeatures(): number[][][] {
    const bytes = new Uint8Array(Buffer.from(files['word-features.json']!));
    const { vocabulary, gazetteer } = decodeWordFeatures(bytes);
    const read = createWordFeatureReader(gazetteer);
    const index = indexVocabulary(vocabulary);
    return texts.map((text) => {
      const { starts, indices } = toWordMatrix(read(text), index);
      return Array.from({ length: starts.length - 1 }, (_, w) => [
        ...indices.subarray(starts[w], starts[w + 1]),
      ]);
    });
  }

  const sorted = (rows: number[][][]) =>
    rows.map((words) => words.map((word) => [...word].sort((a, b) => a - b)));

  test('the JavaScript program reads the same features of words', () => {
    const features = runScript(
      `import { createWordFeatures } from './student/run/word-features.mjs';
const rules = JSON.parse(readFileSync('student/word-features.json', 'utf8'));
const read = createWordFeatures(rules);
console.log(JSON.stringify(given.map((text) => read(text).features)));`,
      texts,
    ) as number[][][];
    expect(sorted(features)).toEqual(sorted(ownFeatures()));
    expect(features.flat().filter((word) => word.length > 10).length).toBeGreaterThan(200);
  });

  test.skipIf(!hasPython)('the Python program reads the same features of words', () => {
    const features = runPython(
      `from word_features import create_word_features
read = create_word_features(json.load(open("student/word-features.json", encoding="utf-8")))
print(json.dumps([read(text)[1] for text in given]))`,
      texts,
    ) as number[][][];
    expect(sorted(features)).toEqual(sorted(ownFeatures()));
  });

  test.skipIf(!hasPython)('the Python program cuts the same pieces', () => {
    if (!files['tokenizer.json']) return; // no encoder
    const tokenizer = readTokenizer((path) => new Uint8Array(Buffer.from(files[path]!)));
    const cut = createPieceReader(tokenizer, tokenizer.maxLength);
    // Up to the last piece that the encoder takes, and beyond.
    const lengths = Array.from({ length: 40 }, (_, i) => 'unthinkably long, '.repeat(15 + i));
    const all = [...texts, ...lengths];
    const pieces = all.map((text) => {
      const { ids, wordOf } = cut({ text });
      return [[...ids], [...wordOf]];
    });
    const found = runPython(
      `from pieces import cut_words
from words import create_word_reader
read_words = create_word_reader(json.load(open("student/word-features.json", encoding="utf-8")))
print(json.dumps([cut_words(text, read_words(text)) for text in given]))`,
      all,
    );
    expect(found).toEqual(pieces);
    expect(pieces.flat(2).length).toBeGreaterThan(2_000);
  });

  test('the JavaScript program gives the same answers, outside the project', () => {
    expectSame(
      runScript(
        `import { createStudent } from './student/run/predict.mjs';
const answer = await createStudent();
const answers = [];
for (const { text, context } of given) answers.push(await answer(text, context));
console.log(JSON.stringify(answers));`,
        inputs,
      ),
    );
  });

  test.skipIf(!hasPython)('the Python program makes the same of the same scores', () => {
    // The scores come from the JavaScript program; Python's own runtime is not everywhere.
    const scored = runScript(
      `process.env.ORT_DISABLE_TELEMETRY = '1';
import ort from 'onnxruntime-node';
import { createRows } from './student/run/read.mjs';
const folder = new URL('./student/', import.meta.url);
const read = await createRows(folder, ort);
const rows = [];
for (const { text, context } of given) rows.push({ text, ...(await read(text, context)) });
console.log(JSON.stringify(rows));`,
      inputs,
    );
    expectSame(
      runPython(
        `from predict import create_assembler
from read import create_decoder
from words import create_word_reader
decoder = json.load(open("student/decoder.json", encoding="utf-8"))
read_words = create_word_reader(json.load(open("student/word-features.json", encoding="utf-8")))
decode, assemble = create_decoder(decoder), create_assembler(decoder, 2)
print(json.dumps([
    assemble(decode(read_words(row["text"]), row["emissions"], row["scores"], row["unseenShare"], row.get("deepScores")), row["text"])
    for row in given
]))`,
        scored,
      ),
    );
  });

  test.skipIf(!hasPythonRuntime)('the Python program gives the same answers', () => {
    expectSame(
      runPython(
        `from predict import create_student
answer = create_student()
print(json.dumps([answer(row["text"], row.get("context")) for row in given]))`,
        inputs,
      ),
    );
  });

  test('the programs route as router.json says', () => {
    const router = {
      threshold: 0.5,
      abstainLabels: ['visit'],
      maxOutlierScore: 0.5,
      fallback: 'person',
    };
    const decide = {
      router,
      answers: [
        { output: { name: 'order' }, confidence: 0.6, outlierScore: 0 },
        { output: { name: 'order' }, confidence: 0.4, outlierScore: 0 },
        { output: { name: 'visit' }, confidence: 0.9, outlierScore: 0 },
        { output: null, confidence: 0.9, outlierScore: 0 },
        { output: null, confidence: 0.9, outlierScore: 0.6 },
        { output: { name: 'order' }, confidence: 0.6, missing: ['item'], outlierScore: 0 },
      ],
    };
    const expected = ['student', 'person', 'person', 'student', 'person', 'person'];
    const script = `import { decideRoute } from './student/run/predict.mjs';
console.log(JSON.stringify(given.answers.map((answer) => decideRoute(given.router, answer))));`;
    expect(runScript(script, decide)).toEqual(expected);
    if (hasPython)
      expect(
        runPython(
          `from predict import decide_route
print(json.dumps([decide_route(given["router"], answer) for answer in given["answers"]]))`,
          decide,
        ),
      ).toEqual(expected);
  });
});
