import { isMainThread } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';

/**
 * Keeps ONNX Runtime from reporting to Microsoft. Its native code reads the environment of the process when it
 * loads; a worker thread has only a copy, so the main thread must have called this before it starts a worker.
 */
export function forbidTelemetry(): void {
  if (!isMainThread && process.env.ORT_DISABLE_TELEMETRY !== '1')
    throw new AppError(
      'app.bug',
      'A worker thread asked for ONNX Runtime before the main thread switched its telemetry off. Nothing was loaded.',
    );
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
