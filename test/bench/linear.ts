import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwatched } from '../../src/main/lib/work.ts';
import { writeBundle } from '../../src/main/train/bundle/write-bundle.ts';
import { loadStudent } from '../../src/main/train/load-student.ts';
import { outOfFold } from '../../src/main/train/out-of-fold.ts';
import { UNSEEN_WEIGHT } from '../../src/main/train/outlier.ts';
import { linear } from '../../src/main/train/students/linear/linear.ts';
import type { TrainedStudent, TrainingSet } from '../../src/main/train/students/student.ts';
import { classesOf, dataFolder, type Labelled, readLines, toSet } from './labelled.ts';
import type { Row } from './row.ts';

/** Accuracy, training time and answering speed of the linear student, on data sets in the folder STILLROOM_DATA. */
export default {
  id: 'linear',
  async run(): Promise<Row[]> {
    const data = dataFolder('linear');
    if (data === undefined) return [];
    return [
      ...(await measure(data, 'banking77', { accuracy: '>= 91.5', seconds: '<= 3' })),
      ...(await measure(data, 'clinc150', { accuracy: '>= 92.6' })),
      ...peer(data),
    ];
  },
};

async function measure(
  data: string,
  name: string,
  targets: { readonly accuracy: string; readonly seconds?: string },
): Promise<Row[]> {
  const train = readLines(join(data, name, 'train.jsonl'));
  const test = readLines(join(data, name, 'test.jsonl'));
  const classes = classesOf(train);
  const set = toSet(train, classes);
  const before = process.cpuUsage();
  const student = await linear.train(set, { seed: 1, threads: 1 }, unwatched);
  const seconds = cpuSeconds(before);

  const beforeFolds = process.cpuUsage();
  const rows = set.inputs.map(({ text }, i) => ({
    text,
    target: classes.indexOf(train[i]!.label),
    group: i,
  }));
  await outOfFold(rows, classes.length, {
    folds: 5,
    seed: 1,
    signal: new AbortController().signal,
  });
  const foldSeconds = cpuSeconds(beforeFolds);

  const speed = await answer(toFolder(student, set), test);
  return [
    {
      name: `${name}: accuracy`,
      value: speed.accuracy * 100,
      unit: '%',
      target: targets.accuracy,
    },
    {
      name: `${name}: training, features and all`,
      value: seconds,
      unit: 'CPU s',
      ...(targets.seconds === undefined ? {} : { target: targets.seconds }),
    },
    { name: `${name}: out-of-fold, 5 folds`, value: foldSeconds, unit: 'CPU s', target: '<= 10' },
    { name: `${name}: one text, p50`, value: speed.p50Ms, unit: 'ms', target: '<= 0.2' },
    { name: `${name}: in batches`, value: speed.perSecond, unit: 'texts/s', target: '>= 50000' },
  ];
}

function toFolder(student: TrainedStudent, { classes }: TrainingSet): string {
  const parts = student.export(1);
  const folder = join(mkdtempSync(join(tmpdir(), 'stillroom-bench-')), 'student');
  writeBundle(
    folder,
    {
      id: 'bench',
      kind: linear.id,
      createdAt: new Date().toISOString(),
      task: { name: 'bench', kind: 'classify', labels: classes },
      classes: [...classes],
      model: 'model.onnx',
      preprocessing: { ...parts.preprocessing },
      calibration: { method: 'temperature', temperature: 1, rows: 0 },
      outlier: { unseenWeight: UNSEEN_WEIGHT },
      training: {},
      dataFingerprint: '',
      metrics: { validation: {}, rows: 0, int8AccuracyDifference: null },
      licences: [],
    },
    parts,
  );
  return folder;
}

async function answer(folder: string, test: readonly Labelled[]) {
  const { predictor } = await loadStudent(folder, { threads: 1 });
  const answers = await predictor.predict(test);
  const right = answers.filter(({ output }, i) => output === test[i]!.label).length;
  const timesMs: number[] = [];
  for (const row of test) {
    const startMs = performance.now();
    await predictor.predict([row]);
    timesMs.push(performance.now() - startMs);
  }
  timesMs.sort((a, b) => a - b);
  const rounds = 10;
  const startMs = performance.now();
  for (let i = 0; i < rounds; i++) await predictor.predict(test);
  const perSecond = (rounds * test.length) / ((performance.now() - startMs) / 1_000);
  await predictor.close();
  return { accuracy: right / test.length, p50Ms: timesMs[timesMs.length >> 1]!, perSecond };
}

/** scikit-learn's TF-IDF and linear SVM on the same rows, where Python has it. */
function peer(data: string): Row[] {
  const script = join(import.meta.dirname, 'linear', 'peer.py');
  return ['banking77', 'clinc150'].flatMap((name) => {
    // Debian's packages serve its own Python, which need not be the first on the path.
    const run = ['python3', '/usr/bin/python3']
      .map((python) => spawnSync(python, [script, join(data, name)], { encoding: 'utf8' }))
      .find(({ status }) => status === 0);
    if (!run) {
      console.error('linear: no scikit-learn for python3, so its figures are left out.');
      return [];
    }
    const { accuracy, seconds } = JSON.parse(run.stdout) as { accuracy: number; seconds: number };
    return [
      { name: `${name}: scikit-learn, accuracy`, value: accuracy * 100, unit: '%' },
      { name: `${name}: scikit-learn, training`, value: seconds, unit: 'CPU s' },
    ];
  });
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
