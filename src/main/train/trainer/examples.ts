import type { SparseMatrix } from '../features/featuriser.ts';
import type { TrainingSet } from '../students/student.ts';
import type { Examples } from './example-lists.ts';

/** What rows are made of; each list is that of the set's inputs. */
export interface RowContents {
  readonly ngrams?: SparseMatrix;
  readonly tokens?: readonly Int32Array[];
}

/** The rows of a training set as arrays; those of weight 0 are left out. */
export function toExamples(
  set: TrainingSet,
  { ngrams, tokens }: RowContents,
  rows: readonly number[] = [...set.inputs.keys()],
): Examples {
  const used = rows.filter((row) => set.weights[row]! > 0);
  const targets = used.map((row) => {
    const target = set.targets[row]!;
    return typeof target === 'number' ? [{ classIndex: target, share: 1 }] : target;
  });
  const entries = targets.flat();
  return {
    count: used.length,
    weights: Float32Array.from(used, (row) => set.weights[row]!),
    targets: {
      starts: toStarts(targets.map((target) => target.length)),
      classes: Int32Array.from(entries, ({ classIndex }) => classIndex),
      shares: Float32Array.from(entries, ({ share }) => share),
    },
    ...(tokens ? { tokens: joinLists(used.map((row) => tokens[row]!)) } : {}),
    ...(ngrams ? { ngrams: takeNgrams(ngrams, used) } : {}),
  };
}

/** Lists of integers, one after the other. */
export function joinLists(lists: readonly ArrayLike<number>[]) {
  const starts = toStarts(lists.map((list) => list.length));
  const ids = new Int32Array(starts.at(-1)!); // at least the first 0
  lists.forEach((list, i) => {
    ids.set(list, starts[i]!);
  });
  return { starts, ids };
}

function takeNgrams(
  matrix: SparseMatrix,
  rows: readonly number[],
): NonNullable<Examples['ngrams']> {
  const endOf = (row: number) => matrix.starts[row + 1]!;
  const starts = toStarts(rows.map((row) => endOf(row) - matrix.starts[row]!));
  const ids = new Int32Array(starts.at(-1)!); // at least the first 0
  const weights = new Float32Array(ids.length);
  rows.forEach((row, i) => {
    ids.set(matrix.indices.subarray(matrix.starts[row]!, endOf(row)), starts[i]!);
    weights.set(matrix.values.subarray(matrix.starts[row]!, endOf(row)), starts[i]!);
  });
  return { starts, ids, weights };
}

/** Running sums, beginning with 0. */
function toStarts(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return starts;
}
