import { invertPositiveDefinite } from './invert.ts';
import { createMatrixProduct, type Matrix } from './matrix-product.ts';

const RIDGE = 0.1;
const BIAS = 0.3;
/** Ridge scores lie in [0, 1]; this makes logits of them. */
const SHARPNESS = 15;

/**
 * Logits of each row from a ridge classifier on sentence vectors that was fitted without it and without what is held out. Leaving a row out needs
 * no new fit: with the hat matrix H = X (X^T X + rI)^-1 X^T, f_-i(x_i) = (f(x_i) - h_ii y_i) / (1 - h_ii).
 * Shapes: vectors [N, D], targets and heldOut [N], result [N, C].
 * @see Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2009, equation 7.64
 */
export async function leaveOneOutLogits(
  vectors: Matrix,
  targets: Int32Array,
  classCount: number,
  heldOut: readonly boolean[] = [],
): Promise<Float32Array> {
  const x = withBias(vectors);
  const { rows: n, columns: d } = x;
  const fitted = Array.from(targets.keys()).filter((row) => !heldOut[row]);
  const own = takeRows(x, fitted);
  const gram = await createMatrixProduct({ transA: true });
  const plain = await createMatrixProduct({});
  try {
    const { data: products } = await gram.multiply(own, own);
    const regularised = Float64Array.from(products);
    for (let i = 0; i < d; i++) regularised[i * d + i]! += RIDGE;
    const inverse = Float32Array.from(invertPositiveDefinite(regularised, d));
    const hat = await plain.multiply(x, { rows: d, columns: d, data: inverse });
    const sums = { rows: d, columns: classCount, data: classSums(x, fitted, targets, classCount) };
    const scores = await plain.multiply(hat, sums);

    const logits = new Float32Array(n * classCount);
    for (let i = 0; i < n; i++) {
      let leverage = 0;
      for (let k = 0; k < d && !heldOut[i]; k++)
        leverage += hat.data[i * d + k]! * x.data[i * d + k]!;
      const rest = Math.max(1 - leverage, 1e-3);
      for (let c = 0; c < classCount; c++) {
        const target = c === targets[i] ? 1 : 0;
        const fit = scores.data[i * classCount + c]!;
        logits[i * classCount + c] = (SHARPNESS * (fit - leverage * target)) / rest;
      }
    }
    return logits;
  } finally {
    await gram.close();
    await plain.close();
  }
}

function withBias({ rows, columns, data }: Matrix): Matrix {
  const wider = new Float32Array(rows * (columns + 1));
  for (let i = 0; i < rows; i++) {
    wider.set(data.subarray(i * columns, (i + 1) * columns), i * (columns + 1));
    wider[i * (columns + 1) + columns] = BIAS;
  }
  return { rows, columns: columns + 1, data: wider };
}

function takeRows({ columns, data }: Matrix, rows: readonly number[]): Matrix {
  const taken = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, data: taken };
}

/** X^T Y over some rows for one-hot targets. Shapes: [D, C]. */
function classSums(
  { columns, data }: Matrix,
  rows: readonly number[],
  targets: Int32Array,
  classCount: number,
): Float32Array {
  const sums = new Float32Array(columns * classCount);
  for (const i of rows)
    for (let k = 0; k < columns; k++) sums[k * classCount + targets[i]!]! += data[i * columns + k]!;
  return sums;
}
