import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { unwatched } from '../../../src/main/lib/work.ts';
import { toProbabilities } from '../../../src/main/train/calibration.ts';
import { findKinds } from '../../../src/main/train/find-kinds.ts';
import { encoder } from '../../../src/main/train/students/encoder/encoder.ts';
import { students } from '../../../src/main/train/students/index.ts';
import { makeEncoder, plainStyle } from '../../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../../fixtures/encoders/write-folder.ts';
import { smallSet, smallTexts } from '../../helpers/small-set.ts';

const TEMPERATURE = 0.4;
const set = smallSet(160);
const allTexts = [
  'please order a new card now',
  'Ça va? ½ ² ㎏ ＦＵＬＬ　ｗｉｄｔｈ 漢字かな',
  '👩‍👩‍👧‍👦 12:30 :)  two  spaces',
  ...smallTexts(20, 3).map(({ text }) => text),
  'word '.repeat(200),
];

interface Answer {
  readonly label: string;
  readonly score: number;
}

/** Of what the small encoder reads whole: the pipeline cuts a longer text without its closing token. */
const shortTexts = ['order a new card', 'send money abroad', 'does it rain?', 'tell a joke', ''];

let texts: readonly string[];
let folder: string;
let own: readonly Answer[];

async function trainOn(encoderFolder: string | undefined, asked: readonly string[]): Promise<void> {
  texts = asked;
  const options = { seed: 1, threads: 1, ...(encoderFolder ? { encoderFolder } : {}) };
  const trained = await encoder.train(set, options, unwatched);
  folder = join(mkdtempSync(join(tmpdir(), 'stillroom-encoder-')), 'student');
  const files = {
    ...trained.export(TEMPERATURE).files,
    'student.json': JSON.stringify({
      classes: set.classes,
      model: 'model.onnx',
      outlier: { unseenWeight: 2 },
    }),
  };
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  const modules = join(dirname(folder), 'node_modules');
  mkdirSync(join(modules, '@huggingface'), { recursive: true });
  for (const name of ['onnxruntime-node', '@huggingface/transformers', '@huggingface/tokenizers'])
    symlinkSync(findPackage(name), join(modules, name));

  const { scores } = await trained.score(
    texts.map((text) => ({ text })),
    unwatched,
  );
  const all = toProbabilities(scores, set.classes.length, TEMPERATURE);
  own = texts.map((_, row) => {
    const probabilities = [
      ...all.subarray(row * set.classes.length, (row + 1) * set.classes.length),
    ];
    const score = Math.max(...probabilities);
    return { label: set.classes[probabilities.indexOf(score)]!, score };
  });
}

function findPackage(name: string): string {
  const entry = realpathSync(createRequire(import.meta.url).resolve(name));
  return entry.slice(
    0,
    entry.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}`.length,
  );
}

/** Runs a program beside the folder that prints answers to the texts as JSON. */
function runOutside(program: string): readonly Answer[] {
  writeFileSync(join(dirname(folder), 'driver.mjs'), program);
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const output = execFileSync(process.execPath, ['driver.mjs'], {
    cwd: dirname(folder),
    input: JSON.stringify(texts),
    env,
  });
  return JSON.parse(output.toString('utf8')) as readonly Answer[]; // the programs print this shape
}

function expectOwn(answers: readonly Answer[], digits: number): void {
  expect(answers).toHaveLength(texts.length);
  for (const [i, { label, score }] of answers.entries()) {
    // An encoder of letters is hardly surer than chance; 8 bits may then tip the scales.
    if (digits > 1 || own[i]!.score > 0.5) expect(label, texts[i]!).toBe(own[i]!.label);
    expect(score, texts[i]!).toBeCloseTo(own[i]!.score, digits);
  }
}

const ownFolder = writeEncoderFolder(
  mkdtempSync(join(tmpdir(), 'stillroom-hf-')),
  makeEncoder(plainStyle),
);

describe.each([
  { on: 'the bundled encoder', encoderFolder: undefined, asked: allTexts },
  { on: 'an encoder of the user’s', encoderFolder: ownFolder, asked: shortTexts },
])('the folder of a student on $on', ({ encoderFolder, asked }) => {
  beforeAll(() => trainOn(encoderFolder, asked), 120_000);

  const pipelineProgram = (options: string) => `
    import { createPipeline } from './student/run/transformers.mjs';
    import { readFileSync } from 'node:fs';
    const classify = await createPipeline(${options});
    const answers = [];
    for (const text of JSON.parse(readFileSync(0, 'utf8'))) answers.push((await classify(text))[0]);
    console.log(JSON.stringify(answers));`;

  test('loads as a text-classification pipeline of transformers.js, with our own probabilities', () => {
    expectOwn(runOutside(pipelineProgram('')), 5);
  });

  test('and so does its int8 variant', () => {
    expectOwn(runOutside(pipelineProgram(`{ model_file_name: 'model.int8' }`)), 1);
  });

  test('its JavaScript answers alike', () => {
    expectOwn(
      runOutside(`
        import { createStudent } from './student/run/predict.mjs';
        import { readFileSync } from 'node:fs';
        const answer = await createStudent();
        const answers = [];
        for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
          const { output, confidence } = await answer(text);
          answers.push({ label: output, score: confidence });
        }
        console.log(JSON.stringify(answers));`),
      5,
    );
  });
});

test('`best` does not try what is made on request only', () => {
  expect(findKinds(students, 'best').map(({ id }) => id)).toEqual(['linear', 'mlp', 'wide-deep']);
  expect(findKinds(students, 'encoder')).toEqual([encoder]);
});

describe('an encoder of the user’s', () => {
  test('goes with a student that is built on one', () => {
    expect(findKinds(students, 'wide-deep', ownFolder).map(({ id }) => id)).toEqual(['wide-deep']);
    for (const id of ['linear', 'best'])
      expect(() => findKinds(students, id, ownFolder)).toThrow(/wide-deep, encoder/);
  });

  test('that is not there is said', async () => {
    const options = { seed: 1, threads: 1, encoderFolder: join(ownFolder, 'nowhere') };
    await expect(encoder.train(set, options, unwatched)).rejects.toMatchObject({
      code: 'file.missing',
    });
  });
});
