import type { EarlyEnd, Work } from '../lib/work.ts';
import type { Tally } from './kept.ts';

/** The same work, whose early end is told to whoever wants to say so of what came of it. */
export function withEarlyEnd(work: Work, ended: (at: EarlyEnd) => void): Work {
  return work.finish ? { ...work, finish: { ...work.finish, ended } } : work;
}

/** The same work, whose figures also say how good the student is that could be kept: a share of rows held out, in [0, 1]. */
export function withMeasured(work: Work, kept: Tally | undefined): Work {
  if (!kept || kept.rows === 0) return work;
  const measured = kept.right / kept.rows;
  return {
    ...work,
    report: (progress) =>
      work.report(
        progress.details ? { ...progress, details: { ...progress.details, measured } } : progress,
      ),
  };
}
