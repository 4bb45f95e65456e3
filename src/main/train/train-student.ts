import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { writeBundle } from './bundle/write-bundle.ts';
import { type CheckpointFolder, openCheckpoints } from './checkpoint.ts';
import { chooseStudent, type Measure, type Trial } from './choose-student.ts';
import { compareInt8 } from './compare-int8.ts';
import { type Excluded, selectRows, type TrainingRow } from './dataset.ts';
import { removeOrphans } from './orphans.ts';
import { UNSEEN_WEIGHT } from './outlier.ts';
import { type Doubt, repairLabels } from './repair.ts';
import { pseudoLabel } from './self-training.ts';
import { students } from './students/index.ts';
import type { Student, TrainedStudent, TrainingSet, TrainOptions } from './students/student.ts';
import { withStage } from './with-stage.ts';

export interface TrainRequest {
  /** The id of a kind of student, or `best` for the best of all kinds on held-out rows. */
  readonly student: string;
  readonly seed: number;
  readonly threads: number;
  /** Where students and checkpoints are kept. */
  readonly filesFolder: string;
  /** Labels that curating doubts and nobody has decided about. */
  readonly doubts: readonly Doubt[];
  readonly measure: Measure;
}

export interface TrainResult {
  readonly studentId: string;
  readonly folder: string;
  readonly kind: string;
  /** On held-out rows, before the last training on all rows. */
  readonly validation: Metrics;
  readonly validationRows: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly compared: readonly { readonly kind: string; readonly validation: Metrics }[];
  /** What the kinds that were compared have left undone to be quick. */
  readonly shortcuts: readonly string[];
  readonly rows: number;
  readonly excluded: Excluded;
  readonly relabelled: number;
  readonly downWeighted: number;
  /** Rows without a label that took part by self-training; 0 when it did not help. */
  readonly selfTrained: number;
  /** Rows with a high-stakes label that no person has confirmed. */
  readonly unconfirmedHighStakes: number;
}

/** When several kinds are compared, each training of one keeps within about this. */
const BEST_BUDGET_SECONDS = 10;

/**
 * Trains a student and writes its folder, then its row: a process that dies between the two leaves a folder that
 * the next training removes. The choice of kind, the figures and the temperature come from rows held out of
 * training; the student that is kept was then trained on all rows.
 * @throws AppError `app.unsupported`, `train.data`, `train.memory`, `app.cancelled`
 */
export async function trainStudent(
  store: Store,
  task: Task,
  request: TrainRequest,
  work: Work,
): Promise<TrainResult> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const candidates = findStudents(task, request.student);
  const budget = request.student === 'best' ? { budgetSeconds: BEST_BUDGET_SECONDS } : {};
  const studentsFolder = join(request.filesFolder, 'students');
  removeOrphans(studentsFolder, new Set(store.students.list().map(({ id }) => id)));

  const selection = selectRows(store, task);
  const repaired = repairLabels(selection.labelled, request.doubts, selection.classes);
  assertTrainable(repaired.rows.filter(({ weight }) => weight > 0).map(({ row }) => row));
  const set: TrainingSet = {
    classes: selection.classes,
    inputs: repaired.rows.map(({ row }) => row.input),
    targets: repaired.rows.map(({ row }) => row.target),
    weights: repaired.rows.map(({ weight }) => weight),
  };
  const dataFingerprint = fingerprint(selection.classes, [
    ...repaired.rows,
    ...selection.unlabelled.map((row) => ({ row, weight: 0 })),
  ]);
  const checkpoints = openCheckpoints(join(request.filesFolder, 'checkpoints', 'train'));

  const trials = await chooseStudent(
    candidates,
    { set, ...repaired, ...selection },
    { ...request, ...budget },
    work,
  );
  const best = trials[0]!; // there is at least one kind of student
  const final = await trainOnAll(
    best,
    set,
    selection.unlabelled,
    { ...request, ...budget },
    {
      checkpoints,
      key: sha256(`${dataFingerprint} ${request.seed} ${request.student}`).slice(0, 16),
    },
    work,
  );
  const parts = final.student.export(best.temperature);
  const int8AccuracyDifference = await compareInt8(best, set, request.threads, work);

  const studentId = `${best.student.id}-${randomBytes(4).toString('hex')}`;
  const folder = join(studentsFolder, studentId);
  const training = {
    rows: set.inputs.length,
    ...selection.excluded,
    relabelled: repaired.relabelled,
    downWeighted: repaired.downWeighted,
    selfTrained: final.selfTrained,
    seed: request.seed,
  };
  writeBundle(
    folder,
    {
      id: studentId,
      kind: best.student.id,
      createdAt: new Date().toISOString(),
      task,
      classes: [...selection.classes],
      preprocessing: { ...parts.preprocessing },
      calibration: {
        method: 'temperature',
        temperature: best.temperature,
        rows: best.heldOutRows.length,
      },
      outlier: { unseenWeight: UNSEEN_WEIGHT },
      training,
      dataFingerprint,
      metrics: {
        validation: best.validation,
        rows: best.heldOutRows.length,
        int8AccuracyDifference,
      },
      licences: [...new Set(store.sources.list().flatMap(({ licence }) => licence ?? []))],
    },
    parts,
  );
  const used = [
    ...repaired.rows.filter(({ weight }) => weight > 0).map(({ row }) => row),
    ...(final.selfTrained > 0 ? selection.unlabelled : []),
  ];
  store.transaction(() => {
    store.students.add({
      id: studentId,
      kind: best.student.id,
      // Relative to the project's files, so that a moved project still finds it.
      folder: `students/${studentId}`,
      dataFingerprint,
      metrics: best.validation,
      config: training,
    });
    store.artifacts.record(
      { kind: 'student', id: studentId },
      used.map((row) => row.exampleId),
    );
  });
  checkpoints.clear();

  const cpu = process.cpuUsage(startCpu);
  return {
    studentId,
    folder,
    kind: best.student.id,
    validation: best.validation,
    validationRows: best.heldOutRows.length,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    wallSeconds: (performance.now() - startMs) / 1e3,
    compared: trials.map(({ student, validation }) => ({ kind: student.id, validation })),
    shortcuts: candidates.flatMap(
      ({ tellShortcut }) =>
        tellShortcut?.(set, budget.budgetSeconds ?? Number.POSITIVE_INFINITY) ?? [],
    ),
    rows: set.inputs.length,
    excluded: selection.excluded,
    relabelled: repaired.relabelled,
    downWeighted: repaired.downWeighted,
    selfTrained: final.selfTrained,
    unconfirmedHighStakes: countUnconfirmed(task, selection.classes, selection.labelled),
  };
}

function findStudents(task: Task, id: string): readonly Student[] {
  if (task.kind !== 'classify')
    throw new AppError(
      'app.unsupported',
      `Stillroom trains students for classify tasks only so far, and this one is ${task.kind}.`,
    );
  if (id === 'best') return students;
  const found = students.find((student) => student.id === id);
  if (found) return [found];
  throw new AppError(
    'app.usage',
    `There is no kind of student called "${id}". Known: ${students.map((student) => student.id).join(', ')}, best.`,
  );
}

function assertTrainable(rows: readonly TrainingRow[]): void {
  if (rows.length === 0)
    throw new AppError(
      'train.data',
      'There are no labelled rows to train on. Import labels, ask a teacher with "teach", or review some rows.',
    );
  if (new Set(rows.map((row) => row.classIndex)).size < 2)
    throw new AppError(
      'train.data',
      `All ${rows.length} labelled rows have one and the same label; a student needs two at least. Label rows of another kind.`,
    );
}

/** The last training, on every row; rows without a label join when that helped on held-out rows. */
async function trainOnAll(
  { student, helpsToSelfTrain, temperature }: Trial,
  set: TrainingSet,
  unlabelled: readonly TrainingRow[],
  { seed, threads, budgetSeconds }: Omit<TrainOptions, 'checkpoint'>,
  { checkpoints, key }: { readonly checkpoints: CheckpointFolder; readonly key: string },
  work: Work,
): Promise<{ student: TrainedStudent; selfTrained: number }> {
  const stage = (name: string) => ({
    seed,
    threads,
    ...(budgetSeconds === undefined ? {} : { budgetSeconds }),
    checkpoint: checkpoints.of(`${key}-${student.id}-${name}`),
  });
  const base = await student.train(set, stage('all'), withStage(work, 'Training on all rows'));
  if (!helpsToSelfTrain) return { student: base, selfTrained: 0 };
  const extended = await pseudoLabel(base, set, unlabelled, temperature, work);
  return {
    student: await student.train(
      extended.set,
      stage('self'),
      withStage(work, 'Training with private rows'),
    ),
    selfTrained: extended.added,
  };
}

/** SHA-256 over what was learned from: ids, contents, targets, weights. */
function fingerprint(
  classes: readonly string[],
  rows: readonly { readonly row: TrainingRow; readonly weight: number }[],
): string {
  const lines = rows.map(({ row, weight }) =>
    JSON.stringify([row.exampleId, row.contentHash, row.target, weight]),
  );
  return sha256([JSON.stringify(classes), ...lines].join('\n'));
}

function countUnconfirmed(
  { highStakes }: Task,
  classes: readonly string[],
  rows: readonly TrainingRow[],
): number {
  const guarded = new Set((highStakes ?? []).map((label) => classes.indexOf(label)));
  return rows.filter((row) => guarded.has(row.classIndex) && !row.isHuman).length;
}
