import { wilson } from '../../lib/statistics/wilson.ts';
import { isRight, type Scored } from '../scored.ts';
import type { Metric } from './metric.ts';

export const accuracy: Metric = {
  title: 'Accuracy',
  kinds: ['classify'],
  better: 'higher',
  method: "Share of right answers; Wilson's interval.",
  measure: shareRight,
};

export const exactMatch: Metric = {
  title: 'Exact match',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  better: 'higher',
  method: "Share of answers equal to the right one, key order aside; Wilson's interval.",
  measure: shareRight,
};

function shareRight(scored: Scored) {
  const right = scored.gold.filter((_, row) => isRight(scored, row)).length;
  return wilson(right, scored.gold.length);
}
