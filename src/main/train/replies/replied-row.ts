import type { LabelledCandidate } from '../select-examples.ts';

/** A row whose label is a reply. */
export type RepliedRow = LabelledCandidate & {
  readonly example: { readonly label: { readonly output: string } };
};

export function isReplied(candidate: LabelledCandidate): candidate is RepliedRow {
  const { output, isValid } = candidate.example.label;
  return isValid && typeof output === 'string';
}

/** Whether a person stands behind the words of a row. */
export function isApproved({ example: { label, status } }: RepliedRow): boolean {
  return label.author === 'human' || status === 'approved';
}
