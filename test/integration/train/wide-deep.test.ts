import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { trainProject } from '../../../src/main/app/train-project.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { useLite } from '../../../src/main/train/backbones/use-lite/use-lite.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import { wideDeep } from '../../../src/main/train/students/wide-deep/wide-deep.ts';
import type { Predictor } from '../../../src/shared/domain/prediction.ts';
import { smallSet, smallTexts } from '../../helpers/small-set.ts';
import { smallProject } from '../../helpers/train-project.ts';

const texts = [
  'please order a new card now',
  'Ça va? ½ ² ㎏ ＦＵＬＬ　ｗｉｄｔｈ 漢字かな',
  '👩‍👩‍👧‍👦 lone \ud800 half, 12:30 :)  two  spaces',
  '',
  ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 60 }), { seed: 8, numRuns: 60 }),
  ...fc.sample(fc.string({ unit: 'grapheme-ascii', maxLength: 90 }), { seed: 9, numRuns: 60 }),
  ...smallTexts(80, 3).map(({ text }) => text),
  'word '.repeat(200),
];

let folder: string;
let predictor: Predictor;

beforeAll(async () => {
  const project = smallProject();
  const options = { student: 'wide-deep', seed: 1, threads: 1 };
  const trained = await trainProject(project, options, unwatched);
  expect(trained.kind).toBe('wide-deep');
  folder = join(mkdtempSync(join(tmpdir(), 'stillroom-wide-deep-')), 'student');
  cpSync(trained.folder, folder, { recursive: true });
  project.close();
  ({ predictor } = await loadStudent(folder));
  const modules = join(dirname(folder), 'node_modules');
  await mkdir(modules);
  const ort = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  symlinkSync(realpathSync(dirname(ort)), join(modules, 'onnxruntime-node'));
}, 120_000);

function runOutside(program: string, args: readonly string[]): unknown {
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const output = execFileSync(program, [...args], {
    cwd: dirname(folder),
    input: JSON.stringify(texts),
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    maxBuffer: 1e9,
  });
  return JSON.parse(output.toString('utf8'));
}

async function ownIds(): Promise<number[][]> {
  const { tokenizer } = await useLite.load({});
  const ids = texts.map((text) => [...tokenizer.encode(text)]);
  expect(ids.flat().length).toBeGreaterThan(1_000); // not a comparison of nothing with nothing
  return ids;
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 8)']);
    return true;
  } catch {
    return false;
  }
}

describe('the folder of a wide-deep student', () => {
  test('its JavaScript answers as Stillroom does, outside the project', async () => {
    writeFileSync(
      join(dirname(folder), 'driver.mjs'),
      `import { createStudent } from './student/run/predict.mjs';
       import { tokenise } from './student/run/tokenise.mjs';
       import { readFileSync } from 'node:fs';
       const answer = await createStudent();
       const texts = JSON.parse(readFileSync(0, 'utf8'));
       const answers = [];
       for (const text of texts) answers.push(await answer(text));
       console.log(JSON.stringify({ answers, ids: texts.map(tokenise) }));`,
    );
    // The driver prints this shape.
    const theirs = runOutside(process.execPath, ['driver.mjs']) as {
      answers: { output: string; confidence: number }[];
      ids: number[][];
    };
    expect(theirs.ids).toEqual(await ownIds());
    const own = await predictor.predict(texts.map((text) => ({ text })));
    for (const [i, { output, confidence }] of own.entries()) {
      expect(theirs.answers[i]!.output, texts[i]!).toBe(output);
      expect(theirs.answers[i]!.confidence).toBeCloseTo(confidence, 5);
    }
  });

  test.skipIf(!hasPython())('its Python makes the same tokens', async () => {
    const program = `
import json, sys
sys.path.insert(0, "student/run")
from tokenise import tokenise
print(json.dumps([tokenise(text) for text in json.load(sys.stdin)]))`;
    expect(runOutside('python3', ['-c', program])).toEqual(await ownIds());
  });
});

test('the card says which encoder is in it, and under which licence', () => {
  const card = readFileSync(join(folder, 'MODEL_CARD.md'), 'utf8');
  expect(card).toMatch(/pretrained encoder, frozen: Universal Sentence Encoder lite.*Apache-2\.0/);
});

describe('within a budget', () => {
  test('many rows are learned with the encoder as it is, and that is said', () => {
    const many = smallSet(1_200);
    expect(wideDeep.tellShortcut?.(many, 10)).toMatch(/fine-tuning it takes about 1 min/);
    expect(wideDeep.tellShortcut?.(many, 1_000)).toBeUndefined();
    expect(wideDeep.tellShortcut?.(smallSet(160), 0)).toBeUndefined();
  });
});
