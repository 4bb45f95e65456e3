/** z_c = scale score_c + mention mention_c + absent [c is "absent"]; p = softmax z, or sigmoid where each stands alone. */
export interface Calibration {
  readonly scale: number;
  readonly mention: number;
  readonly absent: number;
}

/** One question with its right answer. Shapes: features [C, 3]: score, mention, 1 for "absent"; target in [0, C). */
export interface Case {
  readonly features: Float64Array;
  readonly target: number;
}

const SIZE = 3;
const ITERATIONS = 30;
/** Pulls towards scores as they are, so that a few cases do not prove much. */
const PRIOR_WEIGHT = 0.1;
const START: readonly number[] = [2, 0, 0];
/** How far one step may go. */
const LONGEST_STEP = 2;

/**
 * The calibration under which the right answers are likeliest, on scores of cases that the scores were not trained
 * on. A share of 1 / (N + 2) of each target is spread over all answers.
 * Newton's method on sum -ln p + PRIOR |theta - start|² / 2, which is convex.
 * @see Platt, "Probabilistic outputs for support vector machines", 1999
 */
export function fitCalibration(cases: readonly Case[]): Calibration {
  const theta = [...START];
  const spread = 1 / (cases.length + 2);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = theta.map((value, i) => PRIOR_WEIGHT * (value - START[i]!));
    const hessian = theta.map((_, i) => theta.map((__, j) => (i === j ? PRIOR_WEIGHT : 0)));
    for (const { features, target } of cases)
      addCase(features, target, spread, theta, gradient, hessian);
    const step = solve(hessian, gradient);
    const longest = Math.max(...step.map(Math.abs));
    const damping = Math.min(1, LONGEST_STEP / longest);
    step.forEach((change, i) => {
      theta[i]! -= damping * change;
    });
    if (longest < 1e-6) break;
  }
  const [scale, mention, absent] = theta as [number, number, number];
  // A negative scale would turn the ranking around.
  return { scale: Math.max(0.05, scale), mention, absent };
}

/** dL/dtheta = sum_c (p_c - q_c) x_c;  H = sum_c p_c x_c x_c' - (sum_c p_c x_c)(sum_c p_c x_c)' */
function addCase(
  features: Float64Array,
  target: number,
  spread: number,
  theta: readonly number[],
  gradient: number[],
  hessian: number[][],
): void {
  const count = features.length / SIZE;
  const at = (c: number, i: number) => features[c * SIZE + i]!;
  const scores = Array.from({ length: count }, (_, c) =>
    theta.reduce((sum, value, i) => sum + value * at(c, i), 0),
  );
  const probabilities = softmax(scores);
  const mean = theta.map((_, i) => probabilities.reduce((sum, p, c) => sum + p * at(c, i), 0));
  for (let i = 0; i < SIZE; i++) {
    const own = probabilities.map((_, c) => (1 - spread) * (c === target ? 1 : 0) + spread / count);
    gradient[i]! += mean[i]! - own.reduce((sum, q, c) => sum + q * at(c, i), 0);
    for (let j = 0; j < SIZE; j++)
      hessian[i]![j]! +=
        probabilities.reduce((sum, p, c) => sum + p * at(c, i) * at(c, j), 0) - mean[i]! * mean[j]!;
  }
}

/** Gaussian elimination of a positive definite system. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++)
    for (let r = 0; r < rows.length; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c < rows[r]!.length; c++) rows[r]![c]! -= factor * rows[i]![c]!;
    }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

/** exp z / sum exp z */
export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - top));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}
