import { join } from 'node:path';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { fitTemperature } from '../../src/main/train/calibration.ts';
import type { TrainingRow } from '../../src/main/train/dataset.ts';
import { planParts, scoreHeldOut } from '../../src/main/train/held-out-scores.ts';
import { pseudoLabel } from '../../src/main/train/self-training.ts';
import { linear } from '../../src/main/train/students/linear/linear.ts';
import { mlp } from '../../src/main/train/students/mlp/mlp.ts';
import type { Student } from '../../src/main/train/students/student.ts';
import {
  accuracyOf,
  classesOf,
  type Labelled,
  mean,
  measureAll,
  readLines,
  spread,
  toSet,
  wantedSeeds,
} from './labelled.ts';
import type { Row } from './row.ts';

const LABELLED_ROWS = 1_000;
const THREADS = 1;
const sets = [{ id: 'banking77' }, { id: 'clinc150' }];

/**
 * What private rows without a label are worth: 1,000 rows with their labels, the rest of the training set without,
 * drawn anew for each seed. Accuracy on the published test set without and with self-training.
 */
export default {
  id: 'private-rows',
  run: () => measureAll('private-rows', [linear, mlp], sets, measure),
};

async function measure(
  data: string,
  student: Student,
  { id: name }: { readonly id: string },
): Promise<Row[]> {
  const train = readLines(join(data, name, 'train.jsonl'));
  const test = readLines(join(data, name, 'test.jsonl'));
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  for (const seed of wantedSeeds('1,2,3')) runs.push(await run(student, train, test, seed));
  const alone = runs.map((measured) => measured.alone);
  const helped = runs.map((measured) => measured.helped);
  const gains = runs.map((measured) => measured.helped - measured.alone);
  const of = `${student.id}, ${name}`;
  return [
    { name: `${of}: 1,000 labels alone`, value: mean(alone), unit: '%' },
    { name: `${of}: with private rows`, value: mean(helped), unit: '%' },
    { name: `${of}: gained`, value: mean(gains), unit: 'points' },
    { name: `${of}: gained, spread over the seeds`, value: spread(gains), unit: 'points' },
  ];
}

/** As `train` does it: the temperature comes from held-out rows, and says of which private rows the student is sure. */
async function run(
  student: Student,
  train: readonly Labelled[],
  test: readonly Labelled[],
  seed: number,
) {
  const classes = classesOf(train);
  const order = createRng(seed).shuffle([...train]);
  const labelled = order.slice(0, LABELLED_ROWS);
  const rows = order.map(({ text, label }, i) => toRow(text, classes.indexOf(label), i));
  const set = toSet(labelled, classes);
  const options = { seed, threads: THREADS };

  const known = rows.slice(0, LABELLED_ROWS);
  const parts = planParts(
    known.map(({ classIndex }) => classIndex),
    known.map(({ group }) => group),
    seed,
  );
  const heldOut = await scoreHeldOut(student, set, parts, options, unwatched);
  const gold = heldOut.rows.map((row) => rows[row]!.classIndex);
  const temperature = fitTemperature(heldOut.scores, gold, classes.length);

  const base = await student.train(set, options, unwatched);
  const unlabelled = rows.slice(LABELLED_ROWS);
  const extended = await pseudoLabel(base, set, unlabelled, temperature, unwatched);
  const helped = await student.train(extended.set, options, unwatched);
  const inputs = test.map(({ text }) => ({ text }));
  const measured = async (trained: typeof base) =>
    accuracyOf((await trained.score(inputs, unwatched)).scores, test, classes);
  const result = { alone: await measured(base), helped: await measured(helped) };
  console.error(student.id, `seed ${seed}`, JSON.stringify({ ...result, added: extended.added }));
  return result;
}

function toRow(text: string, classIndex: number, i: number): TrainingRow {
  return {
    exampleId: i,
    contentHash: String(i),
    input: { text },
    classIndex,
    target: classIndex,
    isHuman: false,
    group: String(i),
  };
}
