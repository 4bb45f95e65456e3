import { wilson } from '../../lib/statistics/wilson.ts';
import type { Scored } from '../scored.ts';
import type { Metric } from './metric.ts';

export const accuracy: Metric = {
  title: 'Accuracy',
  kinds: ['classify'],
  better: 'higher',
  method: "Share of right answers; Wilson's interval.",
  measure: shareEqual,
};

export const exactMatch: Metric = {
  title: 'Exact match',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  better: 'higher',
  method: "Share of answers equal to the right one, key order aside; Wilson's interval.",
  measure: shareEqual,
};

function shareEqual({ gold, answers }: Scored) {
  return wilson(gold.filter((key, row) => answers[row]!.key === key).length, gold.length);
}
