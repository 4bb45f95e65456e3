import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import { paused, type Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';

const PROGRESS_INTERVAL_MS = 500;

/**
 * Runs long work as a job row: its progress is kept a few times a second, and its end is recorded whichever
 * way it comes. A process that dies leaves `running`, which the next writer turns into `interrupted`.
 */
export async function runJob<Result>(
  store: Store,
  job: { readonly kind: string; readonly config: Json; readonly seed?: number },
  work: Work,
  body: (work: Work, jobId: number) => Promise<Result>,
): Promise<Result> {
  const jobId = store.jobs.start(job.kind, job.config, job.seed ?? null);
  work.started?.(jobId);
  let lastWriteMs = 0;
  const watched: Work = {
    ...work,
    report(progress) {
      work.report(progress);
      // Inside another transaction the row would be written with it; progress is not worth waiting for.
      if (Date.now() - lastWriteMs < PROGRESS_INTERVAL_MS) return;
      lastWriteMs = Date.now();
      store.jobs.progress(jobId, progress.done, progress.total, progress.message);
    },
  };
  try {
    const result = await body(watched, jobId);
    store.jobs.end(jobId, 'done', { result: toJson(result) });
    return result;
  } catch (error) {
    const isCancelled = error instanceof AppError && error.kind === 'cancelled';
    const isPaused = isCancelled && work.signal.reason === paused;
    store.jobs.end(jobId, isPaused ? 'interrupted' : isCancelled ? 'cancelled' : 'failed', {
      error: describe(error),
    });
    throw error;
  }
}

const RESULT_LIMIT = 60_000;

function toJson(result: unknown): Json {
  const text = JSON.stringify(result ?? null);
  return text.length > RESULT_LIMIT ? null : (JSON.parse(text) as Json);
}

function describe(error: unknown): Json {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'app.bug', message: error instanceof Error ? error.message : String(error) };
}
