import type { Estimate } from '../../../shared/domain/metrics.ts';
import { createRng } from '../rng.ts';

export interface BootstrapOptions {
  readonly resamples?: number;
  readonly seed?: number;
  readonly confidence?: number;
}

/**
 * The percentile bootstrap of a statistic of N rows: `statistic` sees the row numbers of a resample. Row numbers are
 * drawn from the seed alone, so two statistics with one seed are paired.
 * @see Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13
 */
export function bootstrap(
  rows: number,
  statistic: (sample: Int32Array) => number,
  { resamples = 1_000, seed = 20_261_122, confidence = 0.95 }: BootstrapOptions = {},
): Estimate {
  const sample = Int32Array.from({ length: rows }, (_, row) => row);
  const value = statistic(sample);
  if (rows === 0) return { value, low: Number.NaN, high: Number.NaN };
  const rng = createRng(seed);
  const values: number[] = [];
  for (let i = 0; i < resamples; i++) {
    for (let row = 0; row < rows; row++) sample[row] = rng.integer(rows);
    const resampled = statistic(sample);
    if (!Number.isNaN(resampled)) values.push(resampled);
  }
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  return { value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** The quantile of sorted values, linear between neighbours (R's type 7); NaN of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * Math.min(1, Math.max(0, share));
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
