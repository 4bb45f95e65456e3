import type { EarlyEnd, Work } from '../lib/work.ts';

/** The same work, whose early end is told to whoever wants to say so of what came of it. */
export function withEarlyEnd(work: Work, ended: (at: EarlyEnd) => void): Work {
  return work.finish ? { ...work, finish: { ...work.finish, ended } } : work;
}

/** The same work, whose figures also say how good the best student so far is: a share of rows held out, in [0, 1]. */
export function withMeasured(work: Work, best: { right: number; rows: number } | undefined): Work {
  if (!best || best.rows === 0) return work;
  const measured = best.right / best.rows;
  return {
    ...work,
    report: (progress) =>
      work.report(
        progress.details ? { ...progress, details: { ...progress.details, measured } } : progress,
      ),
  };
}
