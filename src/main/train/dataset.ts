import type { TrainOutcome } from '../../shared/contract/train.ts';
import type { Input } from '../../shared/domain/prediction.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Store } from '../store/store.ts';
import { toInput } from '../store/to-input.ts';
import { type Candidate, selectExamples } from './select-examples.ts';
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

export interface Selection {
  readonly classes: readonly string[];
  readonly labelled: readonly TrainingRow[];
  /** Rows without a label, most of them private: they may help by self-training. */
  readonly unlabelled: readonly TrainingRow[];
  readonly excluded: TrainOutcome['excluded'];
}

/** The rows that a student of labels may learn from. */
export function selectRows(store: Store, task: Task): Selection {
  const classes = task.labels ?? [];
  const classIndexOf = new Map(classes.map((label, index) => [label, index]));
  const votesOf = countVotes(store, classIndexOf);
  const { labelled, unlabelled, excluded } = selectExamples(store);
  const known = labelled.flatMap((candidate) => {
    const { output, isValid, author } = candidate.example.label;
    const classIndex = typeof output === 'string' ? classIndexOf.get(output) : undefined;
    if (classIndex === undefined || !isValid) return [];
    const votes = author === 'teacher' ? votesOf.get(candidate.example.id) : undefined;
    return [toRow(candidate, classIndex, votes ?? classIndex)];
  });
  return {
    classes,
    labelled: known,
    unlabelled: unlabelled.map((candidate) => toRow(candidate, -1, [])),
    excluded: { ...excluded, invalid: labelled.length - known.length },
  };
}

function toRow({ example, group }: Candidate, classIndex: number, target: Target): TrainingRow {
  return {
    exampleId: example.id,
    contentHash: example.contentHash,
    input: toInput(example),
    classIndex,
    target,
    isHuman: example.label?.author === 'human',
    group,
  };
}
