import type { Task, TaskKind } from '../../shared/domain/task.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import type { CheckpointFolder } from './checkpoint.ts';
import { trainReplies } from './replies/train-replies.ts';
import { structuredStudents } from './structured/index.ts';
import { trainFields } from './structured/train-parser.ts';
import { students } from './students/index.ts';
import { trainClassifier } from './train-classifier.ts';
import type { Trained, TrainRequest } from './trained.ts';
import { writers } from './writer/index.ts';
import { trainWriter } from './writer/train-writer.ts';

/** A kind of student as it is asked for. */
export interface StudentChoice {
  readonly id: string;
  readonly title: string;
  readonly hasEncoder?: boolean;
  /** Whether it is built on a causal language model of the user's, which must be given. */
  readonly needsBase?: boolean;
}

/** One way to train for a kind of task, and the kinds of student that it makes. */
export interface Trainer {
  readonly students: readonly StudentChoice[];
  train(
    store: Store,
    task: Task,
    request: TrainRequest,
    checkpoints: CheckpointFolder,
    work: Work,
  ): Promise<Trained>;
}

/** Every way to train, by the kind of task; of several, `best` is of the first. */
const trainers: Readonly<Record<TaskKind, readonly [Trainer, ...Trainer[]]>> = {
  classify: [{ students, train: trainClassifier }],
  extract: [{ students: structuredStudents, train: trainFields }],
  tools: [{ students: structuredStudents, train: trainFields }],
  rewrite: [
    { students: structuredStudents, train: trainReplies },
    { students: writers, train: trainWriter },
  ],
};

/** The kinds of student that a kind of task has. */
export const studentsFor = (kind: TaskKind): readonly StudentChoice[] =>
  trainers[kind].flatMap((trainer) => trainer.students);

/** The one that makes the student asked for; the first, too, where none does: it knows what to say. */
export function trainerFor(kind: TaskKind, student: string): Trainer {
  return (
    trainers[kind].find((trainer) => trainer.students.some(({ id }) => id === student)) ??
    trainers[kind][0]
  );
}
