export const consents = ['private', 'permitted', 'redacted'] as const;
export type Consent = (typeof consents)[number];

/** What holds for a record by the line that it was made from; of one that is not known nothing is permitted. */
export function strictestConsent(line: readonly Consent[]): Consent {
  if (line.length === 0 || line.includes('private')) return 'private';
  return line.includes('redacted') ? 'redacted' : 'permitted';
}

export const origins = ['real', 'synthetic'] as const;
export type Origin = (typeof origins)[number];

export const splits = ['unassigned', 'train', 'calibration', 'holdout'] as const;
export type Split = (typeof splits)[number];

/** Whether a row is kept for measuring: nothing that is learnt may be steered by what it says. */
export function isHeldOut({ split }: { readonly split: Split }): boolean {
  return split === 'holdout' || split === 'calibration';
}

export const statuses = ['new', 'labelled', 'approved', 'rejected'] as const;
export type Status = (typeof statuses)[number];

/** Who wrote a label, strongest last: the current label is the strongest author's. */
export const authors = ['student', 'imported', 'teacher', 'rule', 'human'] as const;
export type Author = (typeof authors)[number];

/** What a grant allows: asking the teacher for a label, for new examples, or to measure the teacher itself. */
export const purposes = ['label', 'augment', 'measure'] as const;
export type Purpose = (typeof purposes)[number];
