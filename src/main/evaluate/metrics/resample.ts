import type { Estimate } from '../../../shared/domain/metrics.ts';
import { bootstrap } from '../../lib/statistics/bootstrap.ts';

const WORK_LIMIT = 2e7;
const FEWEST_RESAMPLES = 200;

/**
 * A bootstrap interval in bounded time: 1,000 resamples, fewer above 20,000 rows. Undefined without a value;
 * the interval always holds the value, which a biased statistic's resamples alone need not.
 */
export function resample(
  rows: number,
  statistic: (sample: Int32Array) => number,
): Estimate | undefined {
  const resamples = Math.max(FEWEST_RESAMPLES, Math.min(1_000, Math.floor(WORK_LIMIT / rows)));
  const { value, low, high } = bootstrap(rows, statistic, { resamples });
  if (Number.isNaN(value)) return undefined;
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** Mean over rows of a value that each has. */
export function resampleMean(values: Float64Array): Estimate | undefined {
  return resample(values.length, (sample) => {
    let sum = 0;
    for (let i = 0; i < sample.length; i++) sum += values[sample[i]!]!;
    return sum / sample.length;
  });
}
