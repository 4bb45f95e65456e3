import type { Certificate } from '../../shared/contract/review.ts';
import { refreshGates } from '../curate/curate.ts';
import type { Work } from '../lib/work.ts';
import { seal } from '../review/seal.ts';
import { type SplitOptions, type SplitResult, split } from '../review/split.ts';
import { runChecks } from './curate-project.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';

/** Looks for repeats anew, deals rows into splits and judges the gates again, as a job. */
export function splitProject(
  { store, task }: Project,
  options: SplitOptions,
  work: Work,
): Promise<SplitResult> {
  const { seed, ...shares } = options;
  return runJob(store, { kind: 'split', config: shares, seed }, work, async (watched) => {
    const checks = ['exact-duplicate', 'near-duplicate', 'contamination'];
    await runChecks({ store, task }, { checks, seed }, watched);
    const result = split(store, options);
    // Leaks are between splits: what was dealt out just now decides which pairs are some.
    await runChecks({ store, task }, { checks: ['contamination'], seed }, watched);
    return result;
  });
}

/** Looks for leaks anew and seals the holdout, as a job. */
export function sealProject({ store, task }: Project, work: Work): Promise<Certificate> {
  return runJob(store, { kind: 'seal', config: {} }, work, async (watched) => {
    await runChecks({ store, task }, { checks: ['contamination'], seed: 1 }, watched);
    const certificate = seal(store);
    refreshGates(store, task);
    return certificate;
  });
}
