import type { JobStarted } from '../../shared/contract/job-started.ts';
import type { JobKind, JobResults } from '../../shared/contract/jobs.ts';
import type { JobEvent } from '../../shared/contract/wire.ts';
import { CallError, call, type Input, type MethodName, type Output } from './bridge.ts';
import { useUi } from './ui-store.ts';

/** Methods that start a job. */
export type JobMethod = {
  [Name in MethodName]: Output<Name> extends JobStarted ? Name : never;
}[MethodName];

/** Starts a job and waits for its end. @throws CallError of the job, or `app.cancelled` */
export async function runJob<Kind extends JobKind, Name extends JobMethod>(
  _kind: Kind,
  name: Name,
  input: Input<Name>,
): Promise<JobResults[Kind]> {
  const { jobId } = (await call(name, input)) as JobStarted; // it is one of the methods that start a job
  const job = await endOf(jobId);
  if (job.state === 'cancelled')
    throw new CallError({ code: 'app.cancelled', message: 'Stopped.', details: {} });
  if (job.error) throw new CallError(job.error);
  // The engine ends each kind of job with the result that the contract names for it.
  return job.result as JobResults[Kind];
}

function endOf(jobId: number): Promise<JobEvent> {
  const find = () =>
    useUi.getState().jobs.find(({ id, state }) => id === jobId && state !== 'running');
  return new Promise((resolve) => {
    const look = () => {
      const job = find();
      if (!job) return false;
      resolve(job);
      return true;
    };
    if (look()) return;
    const stop = useUi.subscribe(() => {
      if (look()) stop();
    });
  });
}
