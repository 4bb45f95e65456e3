import type { Json } from '../../shared/domain/json.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Prediction } from '../../shared/domain/prediction.ts';
import type { Work } from '../lib/work.ts';
import { crossEntropy, fitTemperature } from './calibration.ts';
import type { TrainingRow } from './dataset.ts';
import { countRight, type HeldOut, planParts, scoreHeldOut } from './held-out-scores.ts';
import { toPredictions } from './load-student.ts';
import { UNSEEN_WEIGHT } from './outlier.ts';
import type { RepairedRow } from './repair.ts';
import type { Student, TrainingSet, TrainOptions } from './students/student.ts';
import { withStage } from './with-stage.ts';

/** Measures predictions against right answers; filled in by the composition root. */
export type Measure = (
  gold: readonly Json[],
  predictions: readonly Prediction[],
  classes: readonly string[],
) => Metrics;

/** What one kind of student reached on rows held out of its training. */
export interface Trial {
  readonly student: Student;
  readonly validation: Metrics;
  readonly right: number;
  readonly temperature: number;
  readonly heldOutRows: readonly number[];
  /** One of the students trained for this, and the rows it had not seen. */
  readonly sample: HeldOut['parts'][number] | undefined;
  /** Whether rows without a label made it better. */
  readonly helpsToSelfTrain: boolean;
}

export interface TrialData {
  readonly set: TrainingSet;
  readonly rows: readonly RepairedRow[];
  readonly unlabelled: readonly TrainingRow[];
}

export interface TrialOptions extends Omit<TrainOptions, 'checkpoint'> {
  readonly measure: Measure;
}

/** Tries each kind of student on the same held-out rows; the best first. */
export async function chooseStudent(
  candidates: readonly Student[],
  data: TrialData,
  options: TrialOptions,
  work: Work,
): Promise<Trial[]> {
  const parts = planParts(data.rows, options.seed);
  const trials: Trial[] = [];
  for (const student of candidates)
    trials.push(await tryStudent(student, data, parts, options, work));
  return trials.sort((a, b) => b.right - a.right);
}

async function tryStudent(
  student: Student,
  { set, rows, unlabelled }: TrialData,
  parts: readonly (readonly number[])[],
  options: TrialOptions,
  work: Work,
): Promise<Trial> {
  const heldOut = await scoreHeldOut(
    student,
    set,
    parts,
    options,
    withStage(work, 'Trying on held-out rows'),
  );
  // The temperature is fitted to the likeliest labels; the figures shown go by the labels as they stand.
  const likely = heldOut.rows.map((row) => rows[row]!.row.classIndex);
  const given = heldOut.rows.map((row) => rows[row]!.givenIndex);
  const classCount = set.classes.length;
  const plain = assess(heldOut, likely, classCount);
  let chosen = { heldOut, ...plain };
  let helpsToSelfTrain = false;
  if (unlabelled.length > 0 && parts.length > 0) {
    const extended = await scoreHeldOut(
      student,
      set,
      parts,
      { ...options, selfTraining: { unlabelled, temperature: plain.temperature, base: heldOut } },
      withStage(work, 'Trying private rows'),
    );
    const withPrivate = assess(extended, likely, classCount);
    helpsToSelfTrain =
      withPrivate.right > plain.right ||
      (withPrivate.right === plain.right && withPrivate.loss < plain.loss);
    if (helpsToSelfTrain) chosen = { heldOut: extended, ...withPrivate };
  }
  const predictions = toPredictions(chosen.heldOut, set.classes, {
    temperature: chosen.temperature,
    unseenWeight: UNSEEN_WEIGHT,
  });
  return {
    student,
    validation:
      given.length === 0
        ? {}
        : options.measure(
            given.map((classIndex) => set.classes[classIndex]!),
            predictions,
            set.classes,
          ),
    right: chosen.right,
    temperature: chosen.temperature,
    heldOutRows: heldOut.rows,
    sample: chosen.heldOut.parts.at(-1),
    helpsToSelfTrain,
  };
}

function assess(heldOut: HeldOut, gold: readonly number[], classCount: number) {
  const temperature = fitTemperature(heldOut.scores, gold, classCount);
  return {
    temperature,
    right: countRight(heldOut.scores, gold, classCount),
    loss: crossEntropy(heldOut.scores, gold, classCount, temperature),
  };
}
