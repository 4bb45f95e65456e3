import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { unlessFinishing, type Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import type { CheckpointFolder } from './checkpoint.ts';
import { chooseModel } from './choose-model.ts';
import { chooseStudent, type Trial } from './choose-student.ts';
import { compareInt8 } from './compare-int8.ts';
import { selectRows, type TrainingRow } from './dataset.ts';
import { withMeasured } from './early-end.ts';
import { findKinds } from './find-kinds.ts';
import { UNSEEN_WEIGHT } from './outlier.ts';
import { repairLabels } from './repair.ts';
import { pseudoLabel } from './self-training.ts';
import { students } from './students/index.ts';
import type { TrainedStudent, TrainingSet, TrainOptions } from './students/student.ts';
import { type Trained, type TrainRequest, toTrainOptions } from './trained.ts';
import { withStage } from './with-stage.ts';

/**
 * Trains a student that gives one of the task's labels. The choice of kind, the figures and the temperature come from
 * rows held out of training; the student that is kept was then trained on all rows. Asked to finish, it keeps the one
 * that was measured instead, whose figures are its own.
 * @throws AppError `app.usage`, `train.data`, `train.memory`, `app.cancelled`
 */
export async function trainClassifier(
  store: Store,
  task: Task,
  request: TrainRequest,
  checkpoints: CheckpointFolder,
  work: Work,
): Promise<Trained> {
  const candidates = findKinds(students, request.student, request.encoderFolder);
  const options = toTrainOptions(request);

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

  const trials = await chooseStudent(
    candidates,
    { set, ...repaired, ...selection },
    { ...options, measure: request.measure },
    work,
  );
  const best = trials[0]!; // there is at least one kind of student
  const measured = best.sample;
  const onAll = (watched: Work) =>
    trainOnAll(
      best,
      set,
      selection.unlabelled,
      options,
      {
        checkpoints,
        key: sha256(`${dataFingerprint} ${request.seed} ${request.student}`).slice(0, 16),
      },
      watched,
    );
  const final = measured
    ? await unlessFinishing(withMeasured(work, best.kept), onAll)
    : await onAll(work);
  // Without a student that was measured there is the one trained on all.
  const { student, selfTrained } = final ?? measured!;
  const used = [
    ...repaired.rows.filter(({ weight }) => weight > 0).map(({ row }) => row),
    ...(selfTrained > 0 ? selection.unlabelled : []),
  ];
  const int8 = await compareInt8(best, set, request.threads, work);
  return {
    kind: best.student.id,
    parts: student.export(best.temperature),
    ...(!final && { endedEarly: best.endedEarly ?? null }),
    facts: {
      classes: [...selection.classes],
      model: chooseModel(best.student.isQuickerInInt8, int8),
      calibration: {
        method: 'temperature',
        temperature: best.temperature,
        rows: best.heldOutRows.length,
      },
      outlier: { unseenWeight: UNSEEN_WEIGHT },
    },
    validation: final ? best.validation : best.kept.measure(),
    validationRows: final ? best.heldOutRows.length : best.kept.rows,
    int8AccuracyDifference: int8?.difference ?? null,
    compared: trials.map(({ student, validation }) => ({ kind: student.id, validation })),
    shortcuts: candidates.flatMap(
      ({ tellShortcut }) =>
        tellShortcut?.(set, options.budgetSeconds ?? Number.POSITIVE_INFINITY) ?? [],
    ),
    rows: set.inputs.length - (final ? 0 : measured!.rows.length),
    excluded: selection.excluded,
    relabelled: repaired.relabelled,
    downWeighted: repaired.downWeighted,
    selfTrained,
    unconfirmedHighStakes: countUnconfirmed(task, selection.classes, selection.labelled),
    usedExampleIds: used.map((row) => row.exampleId),
    dataFingerprint,
  };
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
  options: Omit<TrainOptions, 'checkpoint'>,
  { checkpoints, key }: { readonly checkpoints: CheckpointFolder; readonly key: string },
  work: Work,
): Promise<{ student: TrainedStudent; selfTrained: number }> {
  const stage = (name: string) => ({
    ...options,
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
