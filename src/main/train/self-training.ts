import type { Work } from '../lib/work.ts';
import { toProbabilities } from './calibration.ts';
import type { TrainingRow } from './dataset.ts';
import type { TrainedStudent, TrainingSet } from './students/student.ts';

/**
 * Chosen on validation rows of Banking77 and CLINC150 with 1,000 to 2,000 rows labelled: accuracy 76.3 -> 80.7,
 * 83.9 -> 86.7, 83.7 -> 86.7.
 */
const SURE = 0.7;
const PSEUDO_WEIGHT = 0.3;

export interface ExtendedSet {
  readonly set: TrainingSet;
  readonly added: number;
}

/** Adds the rows without a label whose answer the student is sure of, at a low weight. */
export async function pseudoLabel(
  student: TrainedStudent,
  set: TrainingSet,
  unlabelled: readonly TrainingRow[],
  temperature: number,
  work: Work,
): Promise<ExtendedSet> {
  const classCount = set.classes.length;
  const inputs = unlabelled.map((row) => row.input);
  const { scores } = await student.score(inputs, work);
  const probabilities = toProbabilities(scores, classCount, temperature);
  const added = inputs.flatMap((input, row) => {
    let best = row * classCount;
    for (let c = 1; c < classCount; c++)
      if (probabilities[row * classCount + c]! > probabilities[best]!) best = row * classCount + c;
    if (probabilities[best]! < SURE) return [];
    return [{ input, target: best - row * classCount }];
  });
  return {
    added: added.length,
    set: {
      classes: set.classes,
      inputs: [...set.inputs, ...added.map(({ input }) => input)],
      targets: [...set.targets, ...added.map(({ target }) => target)],
      weights: [...set.weights, ...added.map(() => PSEUDO_WEIGHT)],
    },
  };
}
