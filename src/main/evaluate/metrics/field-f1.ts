import type { Metric } from './metric.ts';
import { microF1 } from './micro-f1.ts';

export const fieldF1: Metric = {
  title: 'Field F1',
  kinds: ['extract', 'tools'],
  better: 'higher',
  method:
    'Micro F1 over fields, a field right when its path and value are; items of an array in any order; bootstrap of rows.',
  measure: (scored) => microF1(scored, () => true),
};

export const argumentF1: Metric = {
  title: 'Argument F1',
  kinds: ['tools'],
  better: 'higher',
  method:
    'Micro F1 over the arguments of calls, whatever the function, an argument right when its name and value are; bootstrap of rows.',
  measure: (scored) => microF1(scored, ({ path }) => path.startsWith('.arguments.')),
};
