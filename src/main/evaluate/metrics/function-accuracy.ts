import { wilson } from '../../lib/statistics/wilson.ts';
import { functionOf } from '../functions.ts';
import type { Metric } from './metric.ts';

export const functionAccuracy: Metric = {
  title: 'Function accuracy',
  kinds: ['tools'],
  better: 'higher',
  method: "Share of rows with the right function, or rightly none; Wilson's interval.",
  measure({ gold, answers }) {
    const right = gold.filter((key, row) => functionOf(key) === functionOf(answers[row]!.key));
    return wilson(right.length, gold.length);
  },
};
