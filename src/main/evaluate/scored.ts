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
}

/** The same N rows, once as they should be answered and once as they were. */
export interface Scored {
  readonly task: Task;
  /** Canonical JSON of the right answers. */
  readonly gold: readonly string[];
  readonly answers: readonly ScoredAnswer[];
}

export function isRight({ gold, answers }: Scored, row: number): boolean {
  return answers[row]!.key === gold[row];
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
