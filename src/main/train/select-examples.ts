import { and, equals, not } from '../../shared/domain/filter.ts';
import type { CurrentLabel, Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import { createLeakTest } from './held-out.ts';

/** An example that may take part in training. */
export interface Candidate {
  readonly example: Example;
  /** Rows of one group are never on both sides of a split. */
  readonly group: string;
}

export type LabelledCandidate = Candidate & {
  readonly example: Example & { readonly label: CurrentLabel };
};

export interface Candidates {
  readonly labelled: readonly LabelledCandidate[];
  /** Rows without a label, most of them private: they may help by self-training. */
  readonly unlabelled: readonly Candidate[];
  /** Rows left out: they touch held-out rows, a person rejected them, or nobody has approved what was made up. */
  readonly excluded: {
    readonly heldOut: number;
    readonly rejected: number;
    readonly unapproved: number;
  };
}

/**
 * The rows that a student may learn from: the train split, or what is unassigned while no row is in it. Whatever
 * touches the holdout or the calibration split by group, parent, equal text or an open finding of contamination stays
 * out, and so does a synthetic row that no person has approved.
 */
export function selectExamples(store: Store): Candidates {
  const split = store.examples.count(equals('split', 'train')) > 0 ? 'train' : 'unassigned';
  const rejected = store.examples.count(and(equals('split', split), equals('status', 'rejected')));
  const candidates = store.examples.list(
    and(equals('split', split), not(equals('status', 'rejected'))),
  );
  const leaks = createLeakTest(
    store.examples.list(equals('split', 'calibration', 'holdout')),
    new Set(store.examples.ids(equals('flag', 'contamination'))),
  );
  const byId = new Map(candidates.map((example) => [example.id, example]));

  const labelled: LabelledCandidate[] = [];
  const unlabelled: Candidate[] = [];
  let heldOut = 0;
  let unapproved = 0;
  for (const example of candidates) {
    if (leaks(example, byId)) heldOut++;
    else if (example.origin === 'synthetic' && example.status !== 'approved') unapproved++;
    else {
      const { label } = example;
      const group = groupOf(example, byId);
      if (label) labelled.push({ example: { ...example, label }, group });
      else unlabelled.push({ example, group });
    }
  }
  return { labelled, unlabelled, excluded: { heldOut, rejected, unapproved } };
}

/** The group, or that of the row it was made from, of any generation. */
function groupOf(example: Example, byId: ReadonlyMap<number, Example>): string {
  const { id, groupId, groupKey, parentId } = example;
  if (groupId !== null) return `group ${groupId}`;
  if (groupKey !== null) return `key ${groupKey}`;
  const parent = parentId === null ? undefined : byId.get(parentId);
  // A child is younger than its parent, so this ends even in a damaged file.
  return parent && parent.id < id ? groupOf(parent, byId) : `row ${parentId ?? id}`;
}
