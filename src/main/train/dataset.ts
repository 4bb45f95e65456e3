import { and, equals, not } from '../../shared/domain/filter.ts';
import type { Input } from '../../shared/domain/prediction.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import { createLeakTest } from './held-out.ts';
import type { Target } from './students/student.ts';
import { countVotes } from './votes.ts';

/** A row that takes part in training. */
export interface TrainingRow {
  readonly exampleId: number;
  readonly contentHash: string;
  readonly input: Input;
  /** Index of its label among the classes; -1 for a row without one. */
  readonly classIndex: number;
  /** The class, or the shares of a teacher's differing answers; for a row without a label, nothing. */
  readonly target: Target;
  readonly isHuman: boolean;
  /** Rows of one group are never on both sides of a split. */
  readonly group: string;
}

/** Rows left out of training, and why. */
export interface Excluded {
  /** Their group or their text is also in the holdout or the calibration split. */
  readonly heldOut: number;
  readonly rejected: number;
  /** Their label is not one of the task's. */
  readonly invalid: number;
  /** Made by augmentation, and no person has approved them yet. */
  readonly unapproved: number;
}

export interface Selection {
  readonly classes: readonly string[];
  readonly labelled: readonly TrainingRow[];
  /** Rows without a label, most of them private: they may help by self-training. */
  readonly unlabelled: readonly TrainingRow[];
  readonly excluded: Excluded;
}

/**
 * The rows that a student may learn from: the train split, or what is unassigned while no row is in it. Whatever
 * touches the holdout or the calibration split by group, parent, equal text or an open finding of contamination stays
 * out, and so does a synthetic row that no person has approved.
 */
export function selectRows(store: Store, task: Task): Selection {
  const classes = task.labels ?? [];
  const classIndexOf = new Map(classes.map((label, index) => [label, index]));
  const split = store.examples.count(equals('split', 'train')) > 0 ? 'train' : 'unassigned';
  const rejected = store.examples.count(and(equals('split', split), equals('status', 'rejected')));
  const candidates = store.examples.list(
    and(equals('split', split), not(equals('status', 'rejected'))),
  );
  const leaks = createLeakTest(
    store.examples.list(equals('split', 'calibration', 'holdout')),
    new Set(store.examples.ids(equals('flag', 'contamination'))),
  );
  const votesOf = countVotes(store, classIndexOf);
  const byId = new Map(candidates.map((example) => [example.id, example]));

  const labelled: TrainingRow[] = [];
  const unlabelled: TrainingRow[] = [];
  let heldOut = 0;
  let invalid = 0;
  let unapproved = 0;
  for (const example of candidates) {
    if (leaks(example, byId)) {
      heldOut++;
      continue;
    }
    const { label } = example;
    if (example.origin === 'synthetic' && example.status !== 'approved') {
      unapproved++;
      continue;
    }
    if (!label) {
      unlabelled.push(toRow(example, byId, -1, []));
      continue;
    }
    const classIndex =
      typeof label.output === 'string' ? classIndexOf.get(label.output) : undefined;
    if (classIndex === undefined || !label.isValid) invalid++;
    else {
      const votes = label.author === 'teacher' ? votesOf.get(example.id) : undefined;
      labelled.push(toRow(example, byId, classIndex, votes ?? classIndex));
    }
  }
  return { classes, labelled, unlabelled, excluded: { heldOut, rejected, invalid, unapproved } };
}

function toRow(
  example: Example,
  byId: ReadonlyMap<number, Example>,
  classIndex: number,
  target: Target,
): TrainingRow {
  return {
    exampleId: example.id,
    contentHash: example.contentHash,
    input: { text: example.text, context: example.context },
    classIndex,
    target,
    isHuman: example.label?.author === 'human',
    group: groupOf(example, byId),
  };
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
