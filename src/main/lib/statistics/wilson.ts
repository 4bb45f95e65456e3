import type { Estimate } from '../../../shared/domain/metrics.ts';
import { normalQuantile } from './normal.ts';

/**
 * A share k of n with Wilson's score interval; 0 to 1 when n is 0.
 * @see Wilson, Journal of the American Statistical Association 22, 1927
 */
export function wilson(k: number, n: number, confidence = 0.95): Estimate {
  if (n === 0) return { value: Number.NaN, low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = k / n;
  // (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)
  const centre = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return {
    value: share,
    low: k === 0 ? 0 : Math.max(0, (centre - reach) / scale),
    high: k === n ? 1 : Math.min(1, (centre + reach) / scale),
  };
}
