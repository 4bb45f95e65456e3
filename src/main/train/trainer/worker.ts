import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import { CANCEL, FINISH, type TrainingMessage, type TrainingOrder } from './messages.ts';
import { runPlan } from './run-plan.ts';

// The thread that trains: `session.run` blocks whoever calls it.
const { plan, snapshot, keepsSnapshots, asked } = workerData as TrainingOrder; // what trainInWorker gives
const port = parentPort!; // this file runs in a worker only

function tell(message: TrainingMessage, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...moved]);
}

try {
  const result = await runPlan(
    plan,
    {
      isCancelled: () => Atomics.load(asked, CANCEL) === 1,
      isFinishing: () => Atomics.load(asked, FINISH) === 1,
      report: (progress) => tell({ kind: 'progress', progress }),
      save: keepsSnapshots ? (bytes) => tell({ kind: 'snapshot', bytes }) : undefined,
    },
    snapshot,
  );
  // The arrays are copies, each with a buffer of its own.
  const buffers = Object.values(result.arrays).map(({ buffer }) => buffer as ArrayBuffer);
  tell({ kind: 'done', result }, buffers);
} catch (error) {
  const { code, message } =
    error instanceof AppError ? error : { code: 'app.bug' as const, message: String(error) };
  tell({ kind: 'failed', code, message });
}
