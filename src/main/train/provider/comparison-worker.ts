import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/errors.ts';
import { compareProvider } from '../../onnx/gradient-check/compare-provider.ts';
import type { ComparisonMessage, ComparisonOrder } from './assert-provider.ts';

// The thread that compares a provider's gradients: making a graph ready for a graphics card blocks whoever asks for it.
const { provider, asked } = workerData as ComparisonOrder; // what assertProvider gives
const tell = (message: ComparisonMessage) => parentPort!.postMessage(message); // this file runs in a worker only

try {
  const disagreements = await compareProvider(provider, {
    step(done, total) {
      tell({ kind: 'progress', done, total });
      return Atomics.load(asked, 0) === 1;
    },
  });
  tell({ kind: 'done', disagreements });
} catch (error) {
  tell({ kind: 'failed', reason: error instanceof AppError ? error.message : String(error) });
}
