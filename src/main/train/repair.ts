import type { TrainingRow } from './dataset.ts';

/** A label that curating doubts and nobody has decided about. */
export interface Doubt {
  readonly exampleId: number;
  /** The check's score in [0, 1], 0 worst. */
  readonly score: number;
  /** The label that rows like it have; undefined when the check has none to offer. */
  readonly suggested: string | undefined;
  /** Out-of-fold probability of the suggestion, in [0, 1]. */
  readonly probability: number;
}

/** Chosen on validation rows with gold labels of teacher_banking77 and teacher_clinc150. */
const SURE = 0.8;
const DOUBTED_WEIGHT = 0.3;

export interface RepairedRow {
  readonly row: TrainingRow;
  readonly weight: number;
}

export interface Repaired {
  readonly rows: readonly RepairedRow[];
  readonly relabelled: number;
  readonly downWeighted: number;
}

/** Takes the suggested label where it is sure, counts the row less where it is not. A person's word stays. */
export function repairLabels(
  rows: readonly TrainingRow[],
  doubts: readonly Doubt[],
  classes: readonly string[],
): Repaired {
  const doubtOf = new Map(doubts.map((doubt) => [doubt.exampleId, doubt]));
  let relabelled = 0;
  let downWeighted = 0;
  const repaired = rows.map((row): RepairedRow => {
    const doubt = row.isHuman ? undefined : doubtOf.get(row.exampleId);
    if (!doubt) return { row, weight: 1 };
    const suggested = doubt.suggested === undefined ? -1 : classes.indexOf(doubt.suggested);
    if (suggested >= 0 && doubt.probability >= SURE) {
      relabelled++;
      return { row: { ...row, classIndex: suggested, target: suggested }, weight: 1 };
    }
    downWeighted++;
    return { row, weight: DOUBTED_WEIGHT };
  });
  return { rows: repaired, relabelled, downWeighted };
}
