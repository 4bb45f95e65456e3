import { wilson } from '../../lib/statistics/wilson.ts';
import type { Metric } from './metric.ts';

export const validJson: Metric = {
  title: 'Valid output',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  better: 'higher',
  method: "Share of outputs that fit the task's labels, schema or tools; Wilson's interval.",
  measure: ({ answers }) =>
    wilson(answers.filter((answer) => answer.isValid).length, answers.length),
};
