import type { Project } from '../../src/main/app/project.ts';
import { trainProject } from '../../src/main/app/train-project.ts';
import type { Progress, Work } from '../../src/main/lib/work.ts';

/** Trains, and wishes for the end at the first progress that `isTime` accepts. */
export function trainUntil(
  project: Project,
  student: string,
  isTime: (progress: Progress) => boolean,
) {
  const wish = new AbortController();
  const reports: Progress[] = [];
  const work: Work = {
    signal: new AbortController().signal,
    finish: { signal: wish.signal },
    report(progress) {
      reports.push(progress);
      if (isTime(progress)) wish.abort();
    },
  };
  const options = { student, seed: 1, threads: 1 };
  return { reports, result: trainProject(project, options, work) };
}
