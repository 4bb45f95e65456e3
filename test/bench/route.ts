import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { chooseThreshold } from '../../src/main/route/choose-threshold.ts';
import { fitTemperature, toProbabilities } from '../../src/main/train/calibration.ts';
import { linear } from '../../src/main/train/students/linear/linear.ts';
import type { Row } from './row.ts';

interface Text {
  readonly text: string;
  readonly label: string;
}

/** One answered text: how sure the student was, and whether it was right. */
interface Judged {
  readonly confidence: number;
  readonly isRight: boolean;
}

const RESPLITS = 1_000;
const TEMPERATURE_ROWS = 1_500;
const targets = [0.03, 0.05, 0.1] as const;
const confidence = 0.95;

/** Each test set is cut at random 1,000 times: the threshold is chosen on one half and judged on the other. */
async function run(): Promise<Row[]> {
  const folder = process.env.STILLROOM_DATA;
  if (!folder || !existsSync(join(folder, 'banking77')))
    return [{ name: 'skipped: STILLROOM_DATA names no folder with banking77', value: 0, unit: '' }];
  const read = (path: string) =>
    readFileSync(join(folder, path), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Text);
  const rows: Row[] = [];
  const sets = [
    ['Banking77', read('banking77/train.jsonl'), read('banking77/test.jsonl')],
    [
      'CLINC150 with out-of-scope',
      read('clinc150/train.jsonl'),
      [
        ...read('clinc150/test.jsonl'),
        ...read('clinc150/oos_test.jsonl').map(({ text }) => ({ text, label: 'out of scope' })),
      ],
    ],
  ] as const;
  for (const [name, train, test] of sets) {
    const judged = await judge(train, test);
    for (const maxError of targets) rows.push(...resplit(name, judged, maxError));
  }
  return rows;
}

/** A linear student's answers to the test texts; its temperature comes from training rows that it did not see. */
async function judge(train: readonly Text[], test: readonly Text[]): Promise<Judged[]> {
  const rng = createRng(1);
  const order = rng.shuffle(Array.from(train.keys()));
  const held = order.slice(0, TEMPERATURE_ROWS).map((row) => train[row]!);
  const seen = order.slice(TEMPERATURE_ROWS).map((row) => train[row]!);
  const classes = [...new Set(train.map((row) => row.label))].sort();
  const classOf = (label: string) => classes.indexOf(label);
  const student = await linear.train(
    {
      inputs: seen,
      targets: seen.map((row) => classOf(row.label)),
      weights: seen.map(() => 1),
      classes,
    },
    { seed: 1, threads: 1 },
    unwatched,
  );
  const heldScores = await student.score(held, unwatched);
  const temperature = fitTemperature(
    heldScores.scores,
    held.map((row) => classOf(row.label)),
    classes.length,
  );
  const { scores } = await student.score(test, unwatched);
  const all = toProbabilities(scores, classes.length, temperature);
  return test.map((row, i) => {
    const probabilities = all.subarray(i * classes.length, (i + 1) * classes.length);
    const best = probabilities.indexOf(Math.max(...probabilities));
    return { confidence: probabilities[best]!, isRight: classes[best] === row.label };
  });
}

function resplit(name: string, judged: readonly Judged[], maxError: number): Row[] {
  const rng = createRng(7);
  const half = Math.floor(judged.length / 2);
  let kept = 0;
  let coverage = 0;
  let oracle = 0;
  for (let split = 0; split < RESPLITS; split++) {
    const order = rng.shuffle(Int32Array.from(judged.keys()));
    const calibration = Array.from(order.subarray(0, half), (row) => judged[row]!);
    const requests = Array.from(order.subarray(half), (row) => judged[row]!).sort(
      (a, b) => b.confidence - a.confidence,
    );
    oracle += oracleCoverage(requests, maxError);
    const { threshold } = chooseThreshold(
      calibration.map((row) => row.confidence),
      calibration.map((row) => row.isRight),
      { maxError, confidence },
    );
    const accepted = requests.filter((row) => threshold !== null && row.confidence >= threshold);
    const wrong = accepted.filter((row) => !row.isRight).length;
    if (wrong <= maxError * accepted.length) kept++;
    coverage += accepted.length / requests.length;
  }
  const title = `${name}, at most ${maxError * 100} % wrong, n = ${half}`;
  return [
    {
      name: `${title}: kept`,
      value: (100 * kept) / RESPLITS,
      unit: '% of resplits',
      target: `>= ${confidence * 100}`,
    },
    {
      name: `${title}: coverage below the oracle's ${((100 * oracle) / RESPLITS).toFixed(1)}`,
      value: (100 * (oracle - coverage)) / RESPLITS,
      unit: 'points',
      target: '<= 3 at some thousands',
    },
  ];
}

/** The largest share that could be accepted by someone who sees which answers are wrong. */
function oracleCoverage(requests: readonly Judged[], maxError: number): number {
  let wrong = 0;
  let best = 0;
  requests.forEach((row, i) => {
    if (!row.isRight) wrong++;
    if (wrong <= maxError * (i + 1)) best = i + 1;
  });
  return best / requests.length;
}

export default { id: 'route', run };
