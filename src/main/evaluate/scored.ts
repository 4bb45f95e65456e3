import type { Task } from '../../shared/domain/task.ts';

/** One answer to one row, whoever gave it. */
export interface ScoredAnswer {
  /** The answer's canonical JSON. */
  readonly key: string;
  readonly isValid: boolean;
  /** Absent when the answerer gives none, as most teachers. */
  readonly confidence?: number | undefined;
  /** Probability of the gold answer, where the answerer has classes. */
  readonly goldProbability?: number | undefined;
  /** Higher means more likely that no answer fits. */
  readonly noAnswerScore?: number | undefined;
  /** Of replies, whether it is right, for it may be so in other words; else it is when its key is that of the gold answer. */
  readonly isRight?: boolean;
  /** Of replies: none is given, or none that is whole, and the row is left to a person. */
  readonly isLeft?: boolean;
}

/** The same N rows, once as they should be answered and once as they were. */
export interface Scored {
  readonly task: Task;
  /** Canonical JSON of the right answers. */
  readonly gold: readonly string[];
  readonly answers: readonly ScoredAnswer[];
  /** Of replies, what is answered, and whether a type can say the right answer. Shapes: [N]. */
  readonly replies?: readonly { readonly source: Source; readonly isSayable: boolean }[];
  /** The words of all types of reply. */
  readonly houseWords?: string;
}

/** What a reply answers. */
interface Source {
  readonly text: string;
  readonly referenceDate?: string | null;
}

export function isRight({ gold, answers }: Scored, row: number): boolean {
  const { isRight: isJudgedRight, key } = answers[row]!;
  return isJudgedRight ?? key === gold[row];
}

/** The confidences of all rows; undefined when one has none. */
export function confidencesOf({ answers }: Scored): Float64Array | undefined {
  const values = new Float64Array(answers.length);
  for (const [row, { confidence }] of answers.entries()) {
    if (confidence === undefined) return undefined;
    values[row] = confidence;
  }
  return values;
}
