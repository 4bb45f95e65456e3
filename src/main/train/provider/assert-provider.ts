import { Worker } from 'node:worker_threads';
import type { Provider } from '../../../shared/domain/provider.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import type { Disagreement } from '../../onnx/gradient-check/compare-provider.ts';
import { forbidTelemetry } from '../../onnx/no-telemetry.ts';

/** What the thread is started with. */
export interface ComparisonOrder {
  readonly provider: Provider;
  /** Shared: 1 asks the thread to stop after its case. */
  readonly asked: Int32Array;
}

/** What the thread tells. */
export type ComparisonMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly disagreements: readonly Disagreement[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Found right since this process began; a driver may change between two. */
const proven = new Set<Provider>(['cpu']);

/**
 * Lets a provider compute trainings only where its gradients are the processor's, for every operator.
 * @throws AppError `train.provider`, `app.cancelled`
 */
export async function assertProvider(provider: Provider, work: Work): Promise<void> {
  if (proven.has(provider)) return;
  if (work.signal.aborted) throw cancelledError();
  const told = await compareInWorker(provider, work);
  if (work.signal.aborted) throw cancelledError();
  if (told.kind === 'failed')
    throw new AppError(
      'train.provider',
      'No graphics card here could be used by WebGPU. Train on the processor.',
      { details: { reason: told.reason } },
    );
  if (told.disagreements.length > 0)
    throw new AppError('train.provider', sentenceOf(told.disagreements));
  proven.add(provider);
}

type Ending = Exclude<ComparisonMessage, { kind: 'progress' }>;

async function compareInWorker(provider: Provider, work: Work): Promise<Ending> {
  forbidTelemetry();
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const order: ComparisonOrder = { provider, asked };
  const worker = new Worker(new URL('./comparison-worker.ts', import.meta.url), {
    workerData: order,
  });
  // It ends after its case: a thread that is stopped while ONNX Runtime runs in it takes the process along.
  const cancel = () => void Atomics.store(asked, 0, 1);
  work.signal.addEventListener('abort', cancel, { once: true });
  try {
    return await new Promise<Ending>((resolve) => {
      worker.on('message', (message: ComparisonMessage) => {
        if (message.kind === 'progress') {
          const { done, total } = message;
          work.report({ done, total, message: 'Comparing the graphics card with the processor' });
        } else resolve(message);
      });
      worker.on('error', ({ message }) => resolve({ kind: 'failed', reason: message }));
      worker.on('exit', () => resolve({ kind: 'failed', reason: 'its thread ended' }));
    });
  } finally {
    work.signal.removeEventListener('abort', cancel);
  }
}

/** @internal exported for its test */
export function sentenceOf(disagreements: readonly Disagreement[]): string {
  const names = [...new Set(disagreements.map(({ operator }) => operator))];
  const shown = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `The graphics card does not compute the gradients that the processor does (${shown}${more}), so a student would learn the wrong thing on it. Train on the processor.`;
}

function cancelledError(): AppError {
  return new AppError('app.cancelled', 'Cancelled. Finished work was kept.');
}
