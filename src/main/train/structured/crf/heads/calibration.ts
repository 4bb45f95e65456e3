/** What is known of an answer, in this order: its score, the share of its name in the text, its evidence, and 1 if it is "absent". */
export const FACT_COUNT = 4;

/** z_c = sum_i weights_i facts_ci; p = softmax z, or sigmoid where each answer stands alone. Shapes: [FACT_COUNT]. */
export type Calibration = readonly number[];

/** One question with its right answer. Shapes: facts [C, FACT_COUNT]; target in [0, C). */
export interface Case {
  readonly facts: Float64Array;
  readonly target: number;
}

/** Linear machines are unsure: their scores, sharpened, and nothing else. */
export const UNCALIBRATED: Calibration = [2, 0, 0, 0];
const ITERATIONS = 30;
const SMALLEST_SCALE = 1e-4;
const LEAST_GAIN = 1e-7;
/** A scale below it would turn the ranking around. */
const LEAST_SCALE = 0.05;

/**
 * The calibration under which the right answers are likeliest, on scores of cases that the scores were not trained
 * on. A share of 1 / (N + 2) of each target is spread over all answers; `priorWeight` cases, so to speak, speak for
 * the calibration that it starts from.
 * Newton's method, each step halved until it gains, on sum -ln p + priorWeight |weights - start|² / 2, which is convex.
 * @see Platt, "Probabilistic outputs for support vector machines", 1999
 */
export function fitCalibration(
  cases: readonly Case[],
  start: Calibration,
  priorWeight: number,
): Calibration {
  const spread = 1 / (cases.length + 2);
  const measure = (weights: Calibration) =>
    cases.reduce((sum, one) => sum + measureCase(one, spread, weights), 0) +
    weights.reduce((sum, value, i) => sum + (priorWeight * (value - start[i]!) ** 2) / 2, 0);
  let weights: Calibration = start;
  let loss = measure(weights);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = weights.map((value, i) => priorWeight * (value - start[i]!));
    const hessian = weights.map((_, i) => weights.map((__, j) => (i === j ? priorWeight : 0)));
    for (const one of cases) addCase(one, spread, weights, gradient, hessian);
    const step = solve(hessian, gradient);
    // Where the loss is far from a parabola, a whole step may jump over the valley.
    let scale = 1;
    let next = weights;
    let nextLoss = loss;
    do {
      next = weights.map((value, i) => value - scale * step[i]!);
      nextLoss = measure(next);
      scale /= 2;
    } while (!(nextLoss <= loss) && scale > SMALLEST_SCALE);
    if (!(nextLoss < loss - LEAST_GAIN)) break;
    weights = next;
    loss = nextLoss;
  }
  return [Math.max(LEAST_SCALE, weights[0]!), ...weights.slice(1)];
}

function scoreCase({ facts }: Case, weights: Calibration): number[] {
  return Array.from({ length: facts.length / FACT_COUNT }, (_, c) =>
    weights.reduce((sum, weight, i) => sum + weight * facts[c * FACT_COUNT + i]!, 0),
  );
}

/** -sum_c q_c ln p_c */
function measureCase(one: Case, spread: number, weights: Calibration): number {
  const scores = scoreCase(one, weights);
  const top = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return top + Math.log(total) - (1 - spread) * scores[one.target]! - spread * mean;
}

/** dL/dw = sum_c (p_c - q_c) x_c;  H = sum_c p_c x_c x_c' - (sum_c p_c x_c)(sum_c p_c x_c)' */
function addCase(
  one: Case,
  spread: number,
  weights: Calibration,
  gradient: number[],
  hessian: number[][],
): void {
  const { facts, target } = one;
  const count = facts.length / FACT_COUNT;
  const probabilities = softmax(scoreCase(one, weights));
  for (let i = 0; i < FACT_COUNT; i++) {
    let ofI = 0;
    for (let c = 0; c < count; c++) {
      const q = (1 - spread) * (c === target ? 1 : 0) + spread / count;
      gradient[i]! += (probabilities[c]! - q) * facts[c * FACT_COUNT + i]!;
      ofI += probabilities[c]! * facts[c * FACT_COUNT + i]!;
    }
    for (let j = 0; j < FACT_COUNT; j++) {
      let ofJ = 0;
      let ofBoth = 0;
      for (let c = 0; c < count; c++) {
        const share = probabilities[c]! * facts[c * FACT_COUNT + j]!;
        ofJ += share;
        ofBoth += share * facts[c * FACT_COUNT + i]!;
      }
      hessian[i]![j]! += ofBoth - ofI * ofJ;
    }
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
