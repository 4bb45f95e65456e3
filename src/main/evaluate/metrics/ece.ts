import { CONFIDENCE_BINS, confidenceBins } from '../../lib/statistics/reliability.ts';
import { confidencesOf, isRight } from '../scored.ts';
import type { Metric } from './metric.ts';
import { resample } from './resample.ts';

export const ece: Metric = {
  title: 'Expected calibration error',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  better: 'lower',
  method:
    'Over 15 bins of equal mass, equal confidences in one bin; bootstrap of rows within the same bins.',
  measure(scored) {
    const confidence = confidencesOf(scored);
    if (!confidence) return undefined;
    const rows = confidence.length;
    const binOf = confidenceBins(confidence);
    const gap = Float64Array.from(
      confidence,
      (value, row) => (isRight(scored, row) ? 1 : 0) - value,
    );
    const sums = new Float64Array(CONFIDENCE_BINS);

    return resample(rows, (sample) => {
      sums.fill(0);
      for (let i = 0; i < sample.length; i++) sums[binOf[sample[i]!]!]! += gap[sample[i]!]!;
      // Σ_b (n_b / N) |accuracy_b - confidence_b| = Σ_b |Σ_{i in b} (right_i - confidence_i)| / N
      let total = 0;
      for (const sum of sums) total += Math.abs(sum);
      return total / sample.length;
    });
  },
};
