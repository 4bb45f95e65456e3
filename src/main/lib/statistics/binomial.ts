import { incompleteBeta, inverseIncompleteBeta } from './incomplete-beta.ts';

/** P(X <= k) for X ~ Bin(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  // P(X <= k) = I_{1-p}(n - k, k + 1)
  return incompleteBeta(1 - p, n - k, k + 1);
}

/**
 * The one-sided Clopper-Pearson upper bound: with probability at least `confidence` the true rate is not above it.
 * @see Clopper and Pearson, Biometrika 26, 1934
 */
export function clopperPearsonUpper(k: number, n: number, confidence: number): number {
  return k >= n ? 1 : inverseIncompleteBeta(confidence, k + 1, n - k);
}

/** The two-sided Clopper-Pearson interval of k of n. */
export function clopperPearson(
  k: number,
  n: number,
  confidence = 0.95,
): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  return {
    low: k <= 0 ? 0 : inverseIncompleteBeta(tail, k, n - k + 1),
    high: clopperPearsonUpper(k, n, 1 - tail),
  };
}
