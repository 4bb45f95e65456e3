import { setTimeout as wait } from 'node:timers/promises';
import pRetry from 'p-retry';
import { TeacherError } from './teacher-error.ts';

const MAX_WAIT_MS = 60_000;
/** A server that asks for a longer pause than this is not waited for. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** Repeats calls that may work later, all workers of one run waiting together when the server asks for a pause. */
export function createRetrier(options: {
  readonly maxTries: number;
  readonly firstWaitMs: number;
  readonly signal: AbortSignal;
}) {
  let pausedUntilMs = 0;

  async function pause(): Promise<void> {
    const leftMs = pausedUntilMs - Date.now();
    if (leftMs > 0) await wait(leftMs, undefined, { signal: options.signal });
  }

  /** @throws whatever the last try threw */
  return function retry<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return pRetry(
      async () => {
        await pause();
        return attempt();
      },
      {
        retries: options.maxTries - 1,
        minTimeout: 0,
        factor: 1,
        shouldRetry: ({ error }) =>
          error instanceof TeacherError &&
          error.kind === 'retry' &&
          (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS,
        async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
          if (!(error instanceof TeacherError) || error.kind !== 'retry' || retriesLeft === 0)
            return;
          const { retryAfterMs } = error;
          if (retryAfterMs !== undefined && retryAfterMs <= MAX_RETRY_AFTER_MS)
            pausedUntilMs = Math.max(pausedUntilMs, Date.now() + retryAfterMs);
          // Full jitter: uniform in [0, first * 2^(n-1)), so that workers do not come back together.
          const limitMs = Math.min(MAX_WAIT_MS, options.firstWaitMs * 2 ** (attemptNumber - 1));
          await wait(Math.random() * limitMs, undefined, { signal: options.signal });
        },
      },
    );
  };
}
