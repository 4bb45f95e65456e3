import type { Work } from '../lib/work.ts';

/** The same work whose messages say which step of several it is; those with numbers keep their own words, too. */
export function withStage(work: Work, stage: string): Work {
  return {
    ...work,
    report: (progress) =>
      work.report({
        ...progress,
        message: progress.details ? `${stage}: ${progress.message}` : stage,
      }),
  };
}
