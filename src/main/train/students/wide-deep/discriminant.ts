import type { Work } from '../../../lib/work.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { TrainingSet } from '../student.ts';

/** This share of the covariance is a multiple of the identity: rows are fewer than its entries. */
const SHRINKAGE = 0.1;

/** scores = x W + b. Shapes: weights [S, C], biases [C]. */
export interface Discriminant {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/**
 * Linear discriminant analysis of vectors: each class a bell of the same shape around its own mean. Classes without
 * rows get what the least likely class gets.
 * Shapes: vectors [N, S].
 * @see Hastie, Tibshirani, Friedman, "The elements of statistical learning", 2009, section 4.3
 */
export async function fitDiscriminant(
  vectors: Float32Array,
  width: number,
  { targets, weights, classes }: TrainingSet,
  work: Work,
): Promise<Discriminant> {
  const S = width;
  const C = classes.length;
  const pause = pauseWhenDue(work.signal);
  const masses = new Float64Array(C);
  const means = new Float64Array(C * S);
  const covariance = new Float64Array(S * S);
  let total = 0;

  for (const [row, target] of targets.entries()) {
    const x = vectors.subarray(row * S, (row + 1) * S);
    const shares = typeof target === 'number' ? [{ classIndex: target, share: 1 }] : target;
    for (const { classIndex, share } of shares) {
      const mass = share * weights[row]!;
      masses[classIndex]! += mass;
      for (let s = 0; s < S; s++) means[classIndex * S + s]! += mass * x[s]!;
    }
    total += weights[row]!;
    addOuter(covariance, x, weights[row]!);
    await pause();
  }
  // Σ = (Σ_n x xᵀ - Σ_c n_c μ μᵀ) / N, then (1 - λ) Σ + λ tr(Σ)/S I; lower half
  for (let c = 0; c < C; c++) {
    if (masses[c]! <= 0) continue;
    const mean = means.subarray(c * S, (c + 1) * S);
    for (let s = 0; s < S; s++) mean[s]! /= masses[c]!;
    addOuter(covariance, mean, -masses[c]!);
    await pause();
  }
  let trace = 0;
  for (let s = 0; s < S; s++) trace += covariance[s * S + s]! / total;
  for (let i = 0; i < covariance.length; i++) covariance[i]! *= (1 - SHRINKAGE) / total;
  for (let s = 0; s < S; s++) covariance[s * S + s]! += Math.max(1e-9, (SHRINKAGE * trace) / S);

  // Distances from the overall mean m keep the size of the scores apart from where the vectors lie.
  const centre = new Float64Array(S);
  for (let i = 0; i < means.length; i++)
    centre[i % S]! += (means[i]! * masses[(i / S) | 0]!) / total;

  await factorise(covariance, S, pause);
  const result = { weights: new Float64Array(S * C), biases: new Float64Array(C) };
  for (let c = 0; c < C; c++) {
    await pause();
    if (masses[c]! <= 0) continue;
    // d = μ - m, w = Σ⁻¹ d, b = -(m + ½ d)ᵀ w
    const difference = centre.map((m, s) => means[c * S + s]! - m);
    const w = solve(covariance, difference, S);
    for (let s = 0; s < S; s++) {
      result.weights[s * C + c] = w[s]!;
      result.biases[c]! -= (centre[s]! + difference[s]! / 2) * w[s]!;
    }
  }
  const least = result.biases.reduce((low, bias) => Math.min(low, bias), 0);
  for (let c = 0; c < C; c++) if (masses[c]! <= 0) result.biases[c] = 2 * least;
  return result;
}

/** A += f x xᵀ, lower half. */
function addOuter(a: Float64Array, x: ArrayLike<number>, factor: number): void {
  for (let i = 0; i < x.length; i++) {
    const scaled = factor * x[i]!;
    const base = i * x.length;
    for (let j = 0; j <= i; j++) a[base + j]! += scaled * x[j]!;
  }
}

/** Cholesky: A becomes L in its lower half, A = L Lᵀ. */
async function factorise(
  a: Float64Array,
  size: number,
  pause: () => Promise<void> | undefined,
): Promise<void> {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * size + k]! * a[j * size + k]!;
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / a[j * size + j]!;
    }
    await pause();
  }
}

/** x of L Lᵀ x = y. */
function solve(lower: Float64Array, y: Float64Array, size: number): Float64Array {
  const x = y.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}
