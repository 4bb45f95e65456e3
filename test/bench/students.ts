import { join } from 'node:path';
import { auroc } from '../../src/main/lib/statistics/auroc.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { toOutlierScores, UNSEEN_WEIGHT } from '../../src/main/train/outlier.ts';
import { students } from '../../src/main/train/students/index.ts';
import {
  type Scorer,
  type Student,
  type TrainedStudent,
  type Variant,
  variants,
} from '../../src/main/train/students/student.ts';
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

interface DataSet {
  readonly id: string;
  readonly train: string;
  readonly test: string;
  /** Texts outside of every class. */
  readonly outside?: string;
  readonly targets: Readonly<Record<string, string>>;
}

const sets: readonly DataSet[] = [
  {
    id: 'banking77',
    train: 'banking77/train.jsonl',
    test: 'banking77/test.jsonl',
    targets: { mlp: '>= 92.8', 'wide-deep': '>= 94.0' },
  },
  {
    id: '10-shot',
    train: 'banking77/train_10shot.jsonl',
    test: 'banking77/test.jsonl',
    targets: { 'wide-deep': '>= 82' },
  },
  {
    id: 'clinc150',
    train: 'clinc150/train.jsonl',
    test: 'clinc150/test.jsonl',
    outside: 'clinc150/oos_test.jsonl',
    targets: { 'wide-deep': '>= 95.5' },
  },
];

/** Several trainings side by side take one each. */
const THREADS = Number(process.env.STILLROOM_THREADS ?? 2);

/**
 * Accuracy on published test sets and cost of training, for each kind of student and seed. What is measured is chosen
 * in the environment: STILLROOM_DATA (folder), and if wanted STILLROOM_STUDENTS, STILLROOM_SETS, STILLROOM_SEEDS,
 * STILLROOM_THREADS.
 */
export default {
  id: 'students',
  run: () => measureAll('students', students, sets, measure),
};

async function measure(data: string, student: Student, set: DataSet): Promise<Row[]> {
  const seeds = wantedSeeds('1');
  const runs: Awaited<ReturnType<typeof run>>[] = [];
  for (const seed of seeds) runs.push(await run(data, student, set, seed));
  const name = `${student.id}, ${set.id}`;
  const column = (key: 'accuracy' | 'outlier' | 'cpuSeconds' | 'wallSeconds') =>
    runs.map((measured) => measured[key]);
  const target = set.targets[student.id];
  return [
    {
      name: `${name}: accuracy, mean of ${seeds.length}`,
      value: mean(column('accuracy')),
      unit: '%',
      ...(target === undefined ? {} : { target }),
    },
    { name: `${name}: accuracy, spread`, value: spread(column('accuracy')), unit: 'points' },
    ...(set.outside
      ? [
          {
            name: `${name}: OOS AUROC`,
            value: mean(column('outlier')),
            unit: '',
            target: '>= 0.965',
          },
        ]
      : []),
    { name: `${name}: training`, value: mean(column('cpuSeconds')), unit: 'CPU s' },
    { name: `${name}: training`, value: mean(column('wallSeconds')), unit: 's' },
    ...variants.flatMap((variant) => {
      const own = runs.map(({ loaded }) => loaded[variant]);
      const of = `${name}, ${variant}`;
      return [
        { name: `${of}: accuracy`, value: mean(own.map(({ accuracy }) => accuracy)), unit: '%' },
        { name: `${of}: one text, p50`, value: mean(own.map(({ p50Ms }) => p50Ms)), unit: 'ms' },
        { name: `${of}: one text`, value: mean(own.map(({ cpuMs }) => cpuMs)), unit: 'CPU ms' },
      ];
    }),
  ];
}

async function run(data: string, student: Student, set: DataSet, seed: number) {
  const train = readLines(join(data, set.train));
  const test = readLines(join(data, set.test));
  const outside = set.outside ? readLines(join(data, set.outside)) : [];
  const classes = classesOf(train);
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const trained = await student.train(toSet(train, classes), { seed, threads: THREADS }, unwatched);
  const cpu = process.cpuUsage(startCpu);
  const wallSeconds = (performance.now() - startMs) / 1e3;

  const scored = await trained.score([...test, ...outside], unwatched);
  const result = {
    accuracy: accuracyOf(scored.scores, test, classes),
    outlier: auroc(
      toOutlierScores(scored, classes.length, UNSEEN_WEIGHT),
      [...test, ...outside].map((_, row) => row >= test.length),
    ),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    wallSeconds,
    loaded: {
      full: await measureLoaded(student, trained, 'full', test, classes),
      int8: await measureLoaded(student, trained, 'int8', test, classes),
    },
  };
  console.error(student.id, set.id, `seed ${seed}`, JSON.stringify(result));
  return result;
}

/** A model of the folder on one thread: all texts at once, and what one of them costs. */
async function measureLoaded(
  student: Student,
  trained: TrainedStudent,
  variant: Variant,
  texts: readonly Labelled[],
  classes: readonly string[],
) {
  const { files } = trained.export(1);
  const read = (path: string) => new Uint8Array(Buffer.from(files[path]!)); // asks for its own files
  const classCount = classes.length;
  const loaded = await student.load(read, { threads: 1, variant, classCount });
  const inputs = texts.map(({ text }) => ({ text }));
  const { scores } = await loaded.score(inputs, unwatched);
  const timesMs: number[] = [];
  const few = texts.slice(0, 500);
  const start = process.cpuUsage();
  for (const { text } of few) timesMs.push(await timeMs(loaded, text));
  const { user, system } = process.cpuUsage(start);
  await loaded.close();
  return {
    accuracy: accuracyOf(scores, texts, classes),
    p50Ms: timesMs.sort((a, b) => a - b)[timesMs.length >> 1]!,
    cpuMs: (user + system) / 1e3 / few.length,
  };
}

async function timeMs(scorer: Scorer, text: string): Promise<number> {
  const startMs = performance.now();
  await scorer.score([{ text }], unwatched);
  return performance.now() - startMs;
}
