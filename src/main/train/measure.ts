import type { Json } from '../../shared/domain/json.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Input, Prediction } from '../../shared/domain/prediction.ts';
import type { ReplyTemplate } from '../../shared/domain/reply.ts';

/** Rows held out as they should be answered and as they were. Shapes: gold, predictions, inputs [M]. */
export interface Answered {
  readonly gold: readonly Json[];
  readonly predictions: readonly Prediction[];
  readonly inputs: readonly Input[];
  readonly classes: readonly string[];
  /** Of replies, the types by which they are told apart. */
  readonly replies?: readonly ReplyTemplate[];
}

/** Measures predictions against right answers; filled in by the composition root. */
export type Measure = (answered: Answered) => Metrics;
