import { join } from 'node:path';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { fitTemperature, toProbabilities } from '../../src/main/train/calibration.ts';
import { linear } from '../../src/main/train/students/linear/linear.ts';
import { mlp } from '../../src/main/train/students/mlp/mlp.ts';
import type { Share, Student, Target } from '../../src/main/train/students/student.ts';
import {
  accuracyOf,
  classesOf,
  dataFolder,
  type Labelled,
  mean,
  readLines,
  toSet,
  wanted,
  wantedSeeds,
} from './labelled.ts';
import type { Row } from './row.ts';

const THREADS = 1;
const TEACHER_ROWS = 4_000;
const TEMPERATURE_ROWS = 1_000;
const VOTES = 5;
const SMALLEST_SHARE = 0.01;
const sets = [{ id: 'banking77' }, { id: 'clinc150' }];

/**
 * What a teacher's doubt is worth. The teacher is a linear student of 4,000 gold rows that answers the other
 * training rows; students learn those answers alone: one drawn answer, the majority of five, the shares of five, and
 * the probabilities themselves. Accuracy on the published test set.
 */
export default {
  id: 'soft-labels',
  async run(): Promise<Row[]> {
    const data = dataFolder('soft-labels');
    if (data === undefined) return [];
    const rows: Row[] = [];
    for (const { id } of wanted('STILLROOM_SETS', sets)) rows.push(...(await measure(data, id)));
    return rows;
  },
};

async function measure(data: string, name: string): Promise<Row[]> {
  const train = readLines(join(data, name, 'train.jsonl'));
  const test = readLines(join(data, name, 'test.jsonl'));
  const runs: ReadonlyMap<string, number>[] = [];
  for (const seed of wantedSeeds('1,2,3')) runs.push(await run(train, test, seed));
  return [...runs[0]!.keys()].map((key) => ({
    name: `${name}: ${key}`,
    value: mean(runs.map((measured) => measured.get(key)!)),
    unit: '%',
  }));
}

async function run(train: readonly Labelled[], test: readonly Labelled[], seed: number) {
  const classes = classesOf(train);
  const rng = createRng(seed);
  const order = rng.shuffle([...train]);
  const own = order.slice(0, TEACHER_ROWS);
  const between = order.slice(TEACHER_ROWS, TEACHER_ROWS + TEMPERATURE_ROWS);
  const asked = order.slice(TEACHER_ROWS + TEMPERATURE_ROWS);
  const options = { seed, threads: THREADS };
  const teacher = await linear.train(toSet(own, classes), options, unwatched);
  const scoresOf = async (rows: readonly Labelled[]) =>
    (await teacher.score(toSet(rows, classes).inputs, unwatched)).scores;
  const gold = between.map(({ label }) => classes.indexOf(label));
  const temperature = fitTemperature(await scoresOf(between), gold, classes.length);
  const probabilities = toProbabilities(await scoresOf(asked), classes.length, temperature);

  const draws = asked.map((_, row) =>
    Array.from({ length: VOTES }, () => draw(probabilities, row, classes.length, rng.next())),
  );
  const targets: Readonly<Record<string, readonly Target[]>> = {
    'one answer': draws.map((votes) => votes[0]!),
    'majority of 5': draws.map(majority),
    'shares of 5': draws.map(sharesOf),
    probabilities: asked.map((_, row) => {
      const shares = Array.from(
        probabilities.subarray(row * classes.length, (row + 1) * classes.length),
        (share, classIndex) => ({ classIndex, share }),
      );
      return normalise(shares.filter(({ share }) => share >= SMALLEST_SHARE));
    }),
    gold: asked.map(({ label }) => classes.indexOf(label)),
  };
  const results = new Map<string, number>();
  for (const student of wanted<Student>('STILLROOM_STUDENTS', [linear, mlp]))
    for (const [kind, list] of Object.entries(targets)) {
      const set = { ...toSet(asked, classes), targets: list };
      const trained = await student.train(set, options, unwatched);
      const { scores } = await trained.score(toSet(test, classes).inputs, unwatched);
      results.set(`${student.id} from ${kind}`, accuracyOf(scores, test, classes));
    }
  console.error(`seed ${seed}`, JSON.stringify(Object.fromEntries(results)));
  return results;
}

/** A class, as likely as the teacher finds it. */
function draw(probabilities: Float32Array, row: number, classCount: number, chance: number) {
  let left = chance;
  for (let c = 0; c < classCount; c++) {
    left -= probabilities[row * classCount + c]!;
    if (left < 0) return c;
  }
  return classCount - 1;
}

/** The most frequent vote; the first of equals. */
function majority(votes: readonly number[]): number {
  const count = (vote: number) => votes.filter((other) => other === vote).length;
  return votes.reduce((best, vote) => (count(vote) > count(best) ? vote : best));
}

function sharesOf(votes: readonly number[]): Target {
  const shares = [...new Set(votes)].map((classIndex) => ({
    classIndex,
    share: votes.filter((vote) => vote === classIndex).length,
  }));
  return normalise(shares);
}

function normalise(shares: readonly Share[]): Target {
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  return shares.map(({ classIndex, share }) => ({ classIndex, share: share / total }));
}
