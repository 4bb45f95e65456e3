import type { Metrics } from '../../shared/domain/metrics.ts';
import { type EarlyEnd, unlessFinishing, type Work } from '../lib/work.ts';
import { crossEntropy, fitTemperature } from './calibration.ts';
import type { TrainingRow } from './dataset.ts';
import { withEarlyEnd, withMeasured } from './early-end.ts';
import {
  countRight,
  type HeldOut,
  type HeldOutOptions,
  type HeldOutPart,
  planParts,
  scoreHeldOut,
} from './held-out-scores.ts';
import { type Kept, measureFirst, type Tally } from './kept.ts';
import { toPredictions } from './load-student.ts';
import type { Measure } from './measure.ts';
import { UNSEEN_WEIGHT } from './outlier.ts';
import type { RepairedRow } from './repair.ts';
import type { Student, TrainingSet, TrainOptions } from './students/student.ts';
import { tryKinds } from './try-kinds.ts';
import { withStage } from './with-stage.ts';

/** What one kind of student reached on rows held out of its training. */
export interface Trial {
  readonly student: Student;
  readonly validation: Metrics;
  readonly right: number;
  readonly temperature: number;
  readonly heldOutRows: readonly number[];
  /** One of the students trained for this, and the rows it had not seen. */
  readonly sample: HeldOutPart | undefined;
  /** How good the sample is. */
  readonly kept: Kept;
  /** Whether rows without a label made it better. */
  readonly helpsToSelfTrain: boolean;
  /** Where the sample's training ended, when it was asked to end early. */
  readonly endedEarly: EarlyEnd | undefined;
}

export interface TrialData {
  readonly set: TrainingSet;
  readonly rows: readonly RepairedRow[];
  readonly unlabelled: readonly TrainingRow[];
}

export interface TrialOptions extends Omit<TrainOptions, 'checkpoint'> {
  readonly measure: Measure;
}

/**
 * Tries each kind of student on the same held-out rows; the best first. Rows without a label are tried on the best
 * one only: that costs as much again. Asked to finish, it goes by what was tried whole so far.
 */
export async function chooseStudent(
  candidates: readonly Student[],
  data: TrialData,
  options: TrialOptions,
  work: Work,
): Promise<Trial[]> {
  const parts = planParts(
    data.rows.map(({ row }) => row.classIndex),
    data.rows.map(({ row }) => row.group),
    options.seed,
  );
  const [best, ...others] = await tryKinds(candidates, work, (student, trying) =>
    attempt(student, data, parts, options, trying),
  );
  if (!best) return [];
  const extended = await unlessFinishing(withMeasured(work, best.kept), (watched) =>
    attemptSelfTraining(best, data, parts, options, watched),
  );
  const helps =
    extended !== undefined &&
    (extended.right > best.right || (extended.right === best.right && extended.loss < best.loss));
  return [
    toTrial(helps ? extended : best, helps, data, options),
    ...others.map((other) => toTrial(other, false, data, options)),
  ];
}

/** A kind of student on held-out rows. */
interface Attempt extends ReturnType<typeof assess> {
  readonly student: Student;
  readonly heldOut: HeldOut;
  readonly kept: Tally;
  readonly endedEarly: EarlyEnd | undefined;
}

async function attempt(
  student: Student,
  { set, rows }: TrialData,
  parts: readonly (readonly number[])[],
  options: HeldOutOptions,
  work: Work,
): Promise<Attempt> {
  let endedEarly: EarlyEnd | undefined;
  const watched = withEarlyEnd(work, (at) => {
    endedEarly = at;
  });
  const heldOut = await scoreHeldOut(student, set, parts, options, watched);
  // The temperature is fitted to the likeliest labels; the figures shown go by the labels as they stand.
  const likely = heldOut.rows.map((row) => rows[row]!.row.classIndex);
  const own = heldOut.parts[0]?.rows.length ?? 0;
  return {
    student,
    heldOut,
    kept: {
      right: countRight(heldOut.scores, likely.slice(0, own), set.classes.length),
      rows: own,
    },
    // Of several parts the first is kept, which was trained to its end.
    endedEarly: heldOut.parts.length === 1 ? endedEarly : undefined,
    ...assess(heldOut, likely, set.classes.length),
  };
}

/** The same with rows without a label; undefined where there are none or nothing to measure on. */
async function attemptSelfTraining(
  { student, heldOut, temperature }: Attempt,
  data: TrialData,
  parts: readonly (readonly number[])[],
  options: TrialOptions,
  work: Work,
): Promise<Attempt | undefined> {
  const { unlabelled } = data;
  if (unlabelled.length === 0 || parts.length === 0) return undefined;
  const groups = data.rows.map(({ row }) => row.group);
  const selfTraining = { unlabelled, groups, temperature, base: heldOut };
  const trying = withStage(work, 'Trying private rows');
  return attempt(student, data, parts, { ...options, selfTraining }, trying);
}

function toTrial(
  { student, heldOut, right, kept, temperature, endedEarly }: Attempt,
  helpsToSelfTrain: boolean,
  { set, rows }: TrialData,
  { measure }: TrialOptions,
): Trial {
  const given = heldOut.rows.map((row) => set.classes[rows[row]!.givenIndex]!);
  const settings = { temperature, unseenWeight: UNSEEN_WEIGHT };
  const predictions = toPredictions(heldOut, set.classes, settings);
  const inputs = heldOut.rows.map((row) => rows[row]!.row.input);
  const answered = { gold: given, predictions, inputs, classes: set.classes };
  const measureRows = (count: number) => measureFirst(count, answered, measure);
  return {
    student,
    validation: measureRows(given.length),
    right,
    temperature,
    heldOutRows: heldOut.rows,
    sample: heldOut.parts[0],
    kept: { ...kept, measure: () => measureRows(kept.rows) },
    helpsToSelfTrain,
    endedEarly,
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
