const ITERATIONS = 50;
const CONVERGED = 1e-8;

/** P(y = 1) = 1 / (1 + exp(-(intercept + weights · x))). Shapes: weights [D]. */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/**
 * Logistic regression by Newton's method. Targets are drawn a little towards 1/2, so that rows without an error prove
 * no certainty; `ridge` keeps weights that little depends on from growing.
 * Shapes: rows [N, D], isPositive [N].
 * @see Platt, "Probabilistic outputs for support vector machines", 1999, section 2.2
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  isPositive: readonly boolean[],
  ridge: number,
): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const positives = isPositive.filter(Boolean).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (rows.length - positives + 2);
  const design = rows.map((row) => [1, ...row]);
  let weights = new Array<number>(width + 1).fill(0);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = weights.map((weight, d) => (d === 0 ? 0 : ridge * weight));
    const hessian = weights.map((_, d) =>
      weights.map((__, e) => (d === e ? (d === 0 ? 1e-9 : ridge) : 0)),
    );
    design.forEach((x, n) => {
      const p = predictLogistic(weights, x);
      const error = p - (isPositive[n] ? high : low);
      for (let d = 0; d <= width; d++) {
        gradient[d]! += error * x[d]!;
        for (let e = 0; e <= width; e++) hessian[d]![e]! += p * (1 - p) * x[d]! * x[e]!;
      }
    });
    const step = solve(hessian, gradient);
    weights = weights.map((weight, d) => weight - step[d]!);
    if (step.every((part) => Math.abs(part) < CONVERGED)) break;
  }
  return { intercept: weights[0]!, weights: weights.slice(1) };
}

function predictLogistic(weights: readonly number[], x: readonly number[]): number {
  const sum = x.reduce((total, value, d) => total + weights[d]! * value, 0);
  return 1 / (1 + Math.exp(-sum));
}

/** x of A x = b by elimination with pivots. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = column + 1; i < size; i++) {
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let k = column; k <= size; k++) rows[i]![k]! -= factor * rows[column]![k]!;
    }
  }
  const x = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = rows[i]![size]!;
    for (let k = i + 1; k < size; k++) sum -= rows[i]![k]! * x[k]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}
