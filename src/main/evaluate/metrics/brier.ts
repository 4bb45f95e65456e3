import { confidencesOf, isRight } from '../scored.ts';
import type { Metric } from './metric.ts';
import { resampleMean } from './resample.ts';

export const brier: Metric = {
  title: 'Brier score of the confidence',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  better: 'lower',
  method: 'Mean of (confidence - right)² with right 0 or 1; bootstrap of rows.',
  measure(scored) {
    const confidence = confidencesOf(scored);
    if (!confidence) return undefined;
    return resampleMean(
      confidence.map((value, row) => (value - (isRight(scored, row) ? 1 : 0)) ** 2),
    );
  },
};
