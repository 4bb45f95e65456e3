import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import { isFinishing, type Work } from '../../lib/work.ts';
import { forbidTelemetry } from '../../onnx/no-telemetry.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { assertFits } from './memory.ts';
import { CANCEL, FINISH, type TrainingMessage, type TrainingOrder } from './messages.ts';
import type { TrainingPlan, TrainingResult } from './plan.ts';
import type { TrainingProgress } from './progress-meter.ts';

const PATIENCE_MS = 1_500;

export interface TrainInWorkerOptions {
  readonly checkpoint?: Checkpoint | undefined;
  readonly message: string;
  /** A step that is under way is waited for this long before the caller is told; it is saved when it ends. */
  readonly patienceMs?: number;
  /**
   * Whether a wish to finish from before it started ends it, too, after one epoch. For trainings of minutes; one of
   * seconds runs on, since a network fresh on few rows has learnt nothing after one epoch.
   */
  readonly heedsEarlierWish?: boolean;
}

/**
 * Trains in a thread of its own, so that the caller's never blocks. Goes on from the checkpoint's last snapshot of
 * the same plan; when cancelled, what is done is saved there first, or after the step that is under way if that takes long.
 * When asked to finish while it trains, it ends with the best epoch so far; a wish from before concerns it if it says so.
 * @throws AppError `train.memory`, `train.diverged`, `app.cancelled`
 */
export async function trainInWorker(
  plan: TrainingPlan,
  { checkpoint, message, patienceMs = PATIENCE_MS, heedsEarlierWish = false }: TrainInWorkerOptions,
  work: Work,
): Promise<TrainingResult> {
  if (work.signal.aborted) throw cancelledError();
  assertFits(plan);
  forbidTelemetry();
  const asked = new Int32Array(new SharedArrayBuffer(8));
  // A signal that has fired does not fire again.
  if (heedsEarlierWish && isFinishing(work)) Atomics.store(asked, FINISH, 1);
  const order: TrainingOrder = {
    plan,
    snapshot: checkpoint?.parts().at(-1),
    keepsSnapshots: checkpoint !== undefined,
    asked,
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });

  let patience: NodeJS.Timeout | undefined;
  let cancel = (): void => undefined;
  const finish = () => void Atomics.store(asked, FINISH, 1);
  let isOver = false;
  try {
    return await new Promise<TrainingResult>((resolve, reject) => {
      cancel = () => {
        Atomics.store(asked, CANCEL, 1);
        patience = setTimeout(() => reject(cancelledError()), patienceMs);
      };
      work.signal.addEventListener('abort', cancel, { once: true });
      work.finish?.signal.addEventListener('abort', finish, { once: true });
      worker.on('message', (told: TrainingMessage) => {
        isOver ||= told.kind === 'done' || told.kind === 'failed';
        if (told.kind === 'progress') {
          if (!work.signal.aborted) work.report(toProgress(told.progress, plan, message));
        } else if (told.kind === 'snapshot') checkpoint?.replace(told.bytes);
        else if (told.kind === 'done' && !work.signal.aborted) {
          if (told.result.endedEarly) work.finish?.ended?.(told.result.endedEarly);
          resolve(told.result);
        } else if (told.kind === 'done') reject(cancelledError());
        else reject(new AppError(told.code, told.message));
      });
      worker.on('error', (cause) => reject(brokenOff(cause)));
      worker.on('exit', () => {
        reject(work.signal.aborted ? cancelledError() : brokenOff());
      });
    });
  } finally {
    clearTimeout(patience);
    work.signal.removeEventListener('abort', cancel);
    work.finish?.signal.removeEventListener('abort', finish);
    // A thread that is stopped while ONNX Runtime runs in it takes the whole process along: it ends by itself, after
    // its step.
    if (isOver) await worker.terminate();
  }
}

function toProgress(
  { done, total, ...details }: TrainingProgress,
  plan: TrainingPlan,
  message: string,
) {
  const epochs = Math.ceil(plan.epochs);
  return {
    done,
    total,
    message: `${message}: epoch ${details.epoch} of ${epochs}, loss ${details.loss.toFixed(3)}`,
    details: { ...details, epochs },
  };
}

function cancelledError(): AppError {
  return new AppError('app.cancelled', 'Cancelled. Finished work was kept.');
}

function brokenOff(cause?: unknown): AppError {
  return new AppError(
    'train.diverged',
    `The training thread ended before it was done${cause instanceof Error ? ` (${cause.message})` : ''}. The project is as before; train again, and it goes on from the last checkpoint.`,
    { cause },
  );
}
