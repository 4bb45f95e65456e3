import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Answered, Measure } from './measure.ts';

/** How many of the rows held out were answered rightly. */
export interface Tally {
  readonly right: number;
  readonly rows: number;
}

/** How good the one student is that a training keeps when it ends early: on its own part alone, for it learned from the others. */
export interface Kept extends Tally {
  measure(): Metrics;
}

/** Measures the first so many of the rows held out. */
export function measureFirst(rows: number, answered: Answered, measure: Measure): Metrics {
  if (rows === 0) return {};
  return measure({
    ...answered,
    gold: answered.gold.slice(0, rows),
    predictions: answered.predictions.slice(0, rows),
    inputs: answered.inputs.slice(0, rows),
  });
}
