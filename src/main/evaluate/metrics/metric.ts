import type { Estimate } from '../../../shared/domain/metrics.ts';
import type { TaskKind } from '../../../shared/domain/task.ts';
import type { Scored } from '../scored.ts';

/** One figure of merit. To add one: a file in this folder and a line in `index.ts`. */
export interface Metric {
  readonly title: string;
  readonly kinds: readonly TaskKind[];
  readonly better: 'higher' | 'lower';
  /** Says how the value and its interval are found, in one sentence. */
  readonly method: string;
  /** Undefined when the rows cannot tell, such as calibration without confidences. */
  measure(scored: Scored): Estimate | undefined;
}
