import type { Scores } from './students/student.ts';

/** Chosen on CLINC150's validation rows: AUROC .970 against .963 with the scores alone. */
export const UNSEEN_WEIGHT = 2;

/** How unlike the training data each input is: unseenWeight * unseenShare - max(scores). Shapes: [N]. */
export function toOutlierScores(
  { scores, unseenShares }: Scores,
  classCount: number,
  unseenWeight: number,
): Float32Array {
  return unseenShares.map((unseenShare, row) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classCount; c++) largest = Math.max(largest, scores[row * classCount + c]!);
    return unseenWeight * unseenShare - largest;
  });
}
