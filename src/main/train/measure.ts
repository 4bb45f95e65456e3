import type { Json } from '../../shared/domain/json.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Prediction } from '../../shared/domain/prediction.ts';

/** Measures predictions against right answers; filled in by the composition root. */
export type Measure = (
  gold: readonly Json[],
  predictions: readonly Prediction[],
  classes: readonly string[],
) => Metrics;
