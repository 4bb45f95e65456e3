import { strategies } from '../augment/strategies/index.ts';
import type { CurateTools } from '../curate/check.ts';
import { type CurateOptions, type CurateResult, curate } from '../curate/curate.ts';
import { findPersonalData } from '../gate/personal-data/index.ts';
import type { Work } from '../lib/work.ts';
import { createEncoder } from '../train/backbones/encoder.ts';
import { useLite } from '../train/backbones/use-lite/use-lite.ts';
import { outOfFold } from '../train/out-of-fold.ts';
import { readOutOfFold } from '../train/structured/read-out-of-fold.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';

/** Runs quality checks as a job. */
export function curateProject(
  { store, task }: Project,
  options: CurateOptions,
  work: Work,
): Promise<CurateResult> {
  const config = { checks: [...(options.checks ?? [])] };
  return runJob(store, { kind: 'curate', config, seed: options.seed }, work, (watched) =>
    runChecks({ store, task }, options, watched),
  );
}

/** Runs quality checks within a job, with our own student and encoder as witnesses. */
export function runChecks(
  { store, task }: Pick<Project, 'store' | 'task'>,
  options: CurateOptions,
  work: Work,
): Promise<CurateResult> {
  const tables = { lookups: store.lookups.list(), find: store.lookups.find };
  const tools: CurateTools = {
    ...curateTools,
    readOutOfFold: (form, rows, folds, reading) =>
      readOutOfFold(form, rows, tables, folds, reading),
  };
  return curate(store, task, options, tools, work);
}

/** What curating takes from other features, whatever the project. */
export const curateTools: Omit<CurateTools, 'readOutOfFold'> = {
  // Such texts keep their label by construction and are meant to be hard.
  oddStrategies: new Set(strategies.filter(({ judged }) => judged === 'seed').map(({ id }) => id)),
  outOfFold,
  findPersonalData,
  async embed(texts, work) {
    const encoder = await createEncoder(await useLite.load({}), { threads: 1 });
    try {
      return await encoder.embed(texts, work);
    } finally {
      await encoder.close();
    }
  },
};
