/**
 * The inverse of a symmetric positive definite matrix by Cholesky's decomposition, A = L L^T.
 * Shapes: [D, D], row by row.
 */
export function invertPositiveDefinite(matrix: Float64Array, size: number): Float64Array {
  const lower = Float64Array.from(matrix);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      // L_ij = (A_ij - sum_k<j L_ik L_jk) / L_jj
      let sum = lower[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j * size + j]!;
    }
  }
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let c = 0; c < size; c++) {
    // L z = e_c, then L^T x = z
    for (let i = c; i < size; i++) {
      let sum = i === c ? 1 : 0;
      for (let k = c; k < i; k++) sum -= lower[i * size + k]! * column[k]!;
      column[i] = sum / lower[i * size + i]!;
    }
    for (let i = size - 1; i >= c; i--) {
      let sum = column[i]!;
      for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * column[k]!;
      column[i] = sum / lower[i * size + i]!;
      inverse[i * size + c] = column[i]!;
      inverse[c * size + i] = column[i]!;
    }
  }
  return inverse;
}
