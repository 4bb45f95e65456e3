import { useState } from 'react';
import type { JobResults } from '../../shared/contract/jobs.ts';
import { CallError, call, type Input } from './bridge.ts';
import type { JobMethod } from './run-job.ts';
import { useUi, type WatchedJob } from './ui-store.ts';

export interface JobRun<Kind extends keyof JobResults, Name extends JobMethod> {
  start(input: Input<Name>): Promise<void>;
  cancel(): void;
  /** The newest job of the kind in this window. */
  readonly job: WatchedJob | undefined;
  readonly isRunning: boolean;
  readonly result: JobResults[Kind] | undefined;
  readonly error: Error | null;
}

/** Starts jobs of one kind and follows the newest, whichever screen started it. */
export function useJob<Kind extends keyof JobResults, Name extends JobMethod>(
  kind: Kind,
  name: Name,
): JobRun<Kind, Name> {
  const job = useUi(({ jobs }) => jobs.find((one) => one.kind === kind));
  const [startError, setStartError] = useState<Error | null>(null);
  const [isStarting, setIsStarting] = useState(false);
  const isRunning = isStarting || job?.state === 'running';
  return {
    job,
    isRunning,
    // The engine ends each kind of job with the result that the contract names for it.
    result: job?.state === 'done' ? (job.result as JobResults[Kind]) : undefined,
    error: startError ?? (job?.state === 'failed' && job.error ? new CallError(job.error) : null),
    async start(input) {
      setStartError(null);
      setIsStarting(true);
      try {
        await call(name, input);
      } catch (error) {
        setStartError(error as Error);
      } finally {
        setIsStarting(false);
      }
    },
    cancel: () => {
      if (job) void call('jobs.cancel', { id: job.id });
    },
  };
}
