import { createSession } from '../../../src/main/app/session.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';
import type { JobEvent } from '../../../src/shared/contract/wire.ts';

/** The engine without a window: calls, and jobs waited for. */
export function createDesk() {
  const ends = new Map<number, (event: JobEvent) => void>();
  const ended = new Map<number, JobEvent>();
  const session = createSession((event) => {
    if (event.kind !== 'job' || event.job.state === 'running') return;
    ended.set(event.job.id, event.job);
    ends.get(event.job.id)?.(event.job);
  });
  const run = async <Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<MethodOutput<Name>> => {
    const result = await session.call(name, input);
    if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
    return result.value as MethodOutput<Name>; // as the contract says
  };
  const finish = async (name: MethodName, input: object) => {
    const { jobId } = (await run(name, input as never)) as { readonly jobId: number };
    const job =
      ended.get(jobId) ?? (await new Promise<JobEvent>((resolve) => ends.set(jobId, resolve)));
    if (job.state !== 'done') throw new Error(job.error?.message ?? `${name} ${job.state}`);
    return job;
  };

  return { run, finish, close: () => session.close() };
}
