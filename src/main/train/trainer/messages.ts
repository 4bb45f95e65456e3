import type { ErrorCode } from '../../../shared/errors.ts';
import type { TrainingPlan, TrainingResult } from './plan.ts';
import type { TrainingProgress } from './progress-meter.ts';

/** What the thread is started with. */
export interface TrainingOrder {
  readonly plan: TrainingPlan;
  readonly snapshot: Uint8Array | undefined;
  readonly keepsSnapshots: boolean;
  /** Shared: 1 at `CANCEL` asks the thread to stop after its step, at `FINISH` to end with its best epoch so far. */
  readonly asked: Int32Array;
}

/** Places in `asked`. */
export const CANCEL = 0;
export const FINISH = 1;

/** What the thread tells. */
export type TrainingMessage =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'snapshot'; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly result: TrainingResult }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
