import type { ErrorCode } from '../../../shared/errors.ts';
import type { TrainingPlan, TrainingResult } from './plan.ts';
import type { TrainingProgress } from './progress-meter.ts';

/** What the thread is started with. */
export interface TrainingOrder {
  readonly plan: TrainingPlan;
  readonly snapshot: Uint8Array | undefined;
  readonly keepsSnapshots: boolean;
  /** One shared number: 1 asks the thread to stop after its step. */
  readonly cancelled: Int32Array;
}

/** What the thread tells. */
export type TrainingMessage =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'snapshot'; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly result: TrainingResult }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
