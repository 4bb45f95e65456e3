import type { AnswerSchema } from './answer-schema.ts';
import type { Prompt } from './prompt.ts';
import type { Answered } from './record-answer.ts';

/** One answer to ask for. */
export interface PlannedQuestion {
  readonly exampleId: number;
  readonly sample: number;
  /** What is asked beyond the example's label; empty for a label. */
  readonly variant: string;
}

/** An example as the gate hands it out. */
export interface QuestionInput {
  readonly text: string;
  readonly context: string | null;
  /** Replaces personal data in whatever else is said of the example, as it was replaced in its text. */
  hide(text: string): string;
}

/** A question in words, and the form of its answer. */
export interface Wording {
  readonly prompt: Prompt;
  readonly schema: AnswerSchema;
}

/** A kind of question: how one is put, and what is kept of its answer. */
export interface Inquiry<Question extends PlannedQuestion = PlannedQuestion> {
  word(question: Question, input: QuestionInput): Wording;
  /** Runs inside of the transaction that ends the request. */
  record(question: Question, answered: Answered): void;
}
