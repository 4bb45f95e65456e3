import type { JobKind } from './jobs.ts';

const titles = {
  import: 'Import',
  teach: 'Asking the teacher',
  curate: 'Checks',
  augment: 'Making new records',
  split: 'Splitting',
  seal: 'Sealing the holdout',
  train: 'Training',
  evaluate: 'Evaluation',
  route: 'Choosing the threshold',
  export: 'Export',
} as const satisfies Record<JobKind, string>;

/** What a job is called in sentences. */
export const jobTitle = (kind: JobKind): string => titles[kind];
