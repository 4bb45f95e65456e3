import { fitTemperature, toProbabilities } from './calibration.ts';
import { featuriseAll, type SparseMatrix } from './features/featuriser.ts';
import { fitVocabulary } from './features/vocabulary.ts';
import { dealFolds } from './folds.ts';
import { fitOneVsRest, scoreRows } from './students/linear/one-vs-rest.ts';

/** One labelled text; rows of one group are never on both sides. */
export interface OutOfFoldRow {
  readonly text: string;
  /** Class index. */
  readonly target: number;
  readonly group: number;
  /** Kept for measuring: it is predicted, and nothing is learnt from it. */
  readonly isHeldOut?: boolean;
}

export interface OutOfFoldOptions {
  readonly folds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Looser than the students' own: who is second best hardly changes any more. */
const TOLERANCE = 0.5;
const MAXIMUM_PASSES = 12;

/**
 * Calibrated probabilities of each row from a linear student that was trained without it and its group, and without any
 * row that is held out.
 * Shapes: [N, C] row by row.
 */
export async function outOfFold(
  rows: readonly OutOfFoldRow[],
  classCount: number,
  { folds, seed, signal }: OutOfFoldOptions,
): Promise<Float32Array> {
  const work = { signal, report: () => undefined };
  const vocabulary = await fitVocabulary(rows, work);
  const matrix = await featuriseAll(vocabulary, rows, work);
  const targets = rows.map((row) => row.target);
  const learnt = Array.from(rows.keys()).filter((row) => !rows[row]!.isHeldOut);
  const foldOf = dealAll(rows, learnt, folds, seed);
  const scores = new Float32Array(rows.length * classCount);
  for (let fold = 0; fold < folds; fold++) {
    const inside = learnt.filter((row) => foldOf[row] !== fold);
    const outside = Array.from(rows.keys()).filter((row) => foldOf[row] === fold);
    if (inside.length === 0 || outside.length === 0) continue;
    const model = await fitOneVsRest(
      {
        matrix: takeRows(matrix, inside),
        targets: inside.map((row) => targets[row]!),
        weights: inside.map(() => 1),
        classCount,
      },
      { seed: seed + fold, tolerance: TOLERANCE, maxPasses: MAXIMUM_PASSES, message: '' },
      work,
    );
    const outsideScores = scoreRows(takeRows(matrix, outside), model);
    outside.forEach((row, i) => {
      scores.set(outsideScores.subarray(i * classCount, (i + 1) * classCount), row * classCount);
    });
  }
  const learntScores = new Float32Array(learnt.length * classCount);
  learnt.forEach((row, i) => {
    learntScores.set(scores.subarray(row * classCount, (row + 1) * classCount), i * classCount);
  });
  const learntTargets = learnt.map((row) => targets[row]!);
  return toProbabilities(
    scores,
    classCount,
    fitTemperature(learntScores, learntTargets, classCount),
  );
}

/** Folds of the rows that are learnt from; what is held out goes with its group, so that it is read without it. */
function dealAll(
  rows: readonly OutOfFoldRow[],
  learnt: readonly number[],
  folds: number,
  seed: number,
): Int32Array {
  const dealt = dealFolds(
    learnt.map((row) => rows[row]!.target),
    learnt.map((row) => rows[row]!.group),
    folds,
    seed,
  );
  const byGroup = new Map(learnt.map((row, i) => [rows[row]!.group, dealt[i]!]));
  return Int32Array.from(rows, ({ group }) => byGroup.get(group) ?? 0);
}

function takeRows(matrix: SparseMatrix, rows: readonly number[]): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + matrix.starts[row + 1]! - matrix.starts[row]!;
  });
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float32Array(indices.length);
  rows.forEach((row, i) => {
    const from = matrix.starts[row]!;
    const to = matrix.starts[row + 1]!;
    indices.set(matrix.indices.subarray(from, to), starts[i]!);
    values.set(matrix.values.subarray(from, to), starts[i]!);
  });
  const unseenShares = Float32Array.from(rows, (row) => matrix.unseenShares[row]!);
  return { rows: rows.length, columns: matrix.columns, starts, indices, values, unseenShares };
}
