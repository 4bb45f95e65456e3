import type { Json } from '../../shared/domain/json.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Prediction } from '../../shared/domain/prediction.ts';
import type { Measure } from './measure.ts';

/** How many of the rows held out were answered rightly. */
export interface Tally {
  readonly right: number;
  readonly rows: number;
}

/** How good the one student is that a training keeps when it ends early: on its own part alone, for it learned from the others. */
export interface Kept extends Tally {
  measure(): Metrics;
}

/** Measures the first so many of the rows held out. Shapes: gold, predictions [M]. */
export function measureFirst(
  rows: number,
  gold: readonly Json[],
  predictions: readonly Prediction[],
  classes: readonly string[],
  measure: Measure,
): Metrics {
  return rows === 0 ? {} : measure(gold.slice(0, rows), predictions.slice(0, rows), classes);
}
