import type { Metric } from './metric.ts';
import { resampleMean } from './resample.ts';

/** A probability of zero would make one row outweigh all others. */
const FLOOR = 1e-6;

export const nll: Metric = {
  title: 'Negative log likelihood',
  kinds: ['classify'],
  better: 'lower',
  method: 'Mean of -ln p(right answer) in nats, p at least 1e-6; bootstrap of rows.',
  measure({ answers }) {
    if (answers.some((answer) => answer.goldProbability === undefined)) return undefined;
    return resampleMean(
      Float64Array.from(answers, (answer) => -Math.log(Math.max(FLOOR, answer.goldProbability!))),
    );
  },
};
