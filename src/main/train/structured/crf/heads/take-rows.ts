import type { SparseMatrix } from '../../../features/featuriser.ts';

/** Some rows of a matrix, in the order given. */
export function takeRows(matrix: SparseMatrix, rows: readonly number[]): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + matrix.starts[row + 1]! - matrix.starts[row]!;
  });
  const indices = new Int32Array(starts.at(-1)!);
  const values = new Float32Array(indices.length);
  rows.forEach((row, i) => {
    indices.set(matrix.indices.subarray(matrix.starts[row], matrix.starts[row + 1]), starts[i]);
    values.set(matrix.values.subarray(matrix.starts[row], matrix.starts[row + 1]), starts[i]);
  });
  return {
    rows: rows.length,
    columns: matrix.columns,
    starts,
    indices,
    values,
    unseenShares: Float32Array.from(rows, (row) => matrix.unseenShares[row]!),
  };
}
