import type { JobKind, JobLine, jobMethods } from '../../../shared/contract/jobs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Job } from '../../store/jobs.ts';
import { isResumable, resume } from '../resume.ts';
import type { HandlersOf } from '../session-context.ts';

export const jobHandlers: HandlersOf<typeof jobMethods> = {
  'jobs.list'(context, { limit }) {
    return context.project().store.jobs.list().slice(-limit).reverse().map(toLine);
  },
  'jobs.cancel': (context, { id }) => ({ cancelled: context.cancelJob(id) }),
  'jobs.pause': (context, { id }) => ({ paused: context.pauseJob(id) }),
  'jobs.finish': (context, { id }) => ({ finishing: context.finishJob(id) }),
  async 'jobs.resume'(context, { id, apiKey }) {
    const job = context
      .project()
      .store.jobs.list()
      .find((each) => each.id === id);
    if (!job || !isResumable(job))
      throw new AppError('app.usage', 'This job cannot be run again. Start it on its own screen.');
    const started = await resume(context, job, apiKey);
    // The new row goes on with it, so that the old one is not offered again.
    if (job.state === 'interrupted') context.project().store.jobs.discard(job.id);
    context.changed('jobs');
    return started;
  },
  'jobs.discard'(context, { ids }) {
    const { jobs } = context.writable().store;
    for (const id of ids) jobs.discard(id);
    context.changed('jobs', 'project');
    return true as const;
  },
  'jobs.points'(context, { id }) {
    const running = context.runningJob();
    return running?.id === id ? running.points : [];
  },
};

function toLine(job: Job): JobLine {
  const { id, state, done, total, message, startedAtMs, endedAtMs, error } = job;
  return {
    id,
    kind: job.kind as JobKind, // jobs are started under these names only
    state,
    done,
    total,
    message,
    startedAtMs,
    endedAtMs,
    error,
    isResumable: isResumable(job),
  };
}
