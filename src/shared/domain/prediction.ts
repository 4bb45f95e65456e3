import type { Json } from './json.ts';
import type { Lookup } from './lookup.ts';
import type { ReplyTemplate } from './reply.ts';

/** What a student reads: the text, and the turn before it where there is one. */
export interface Input {
  readonly text: string;
  readonly context?: string | null;
  /** The day that "tomorrow" and the like count from, `YYYY-MM-DD`. */
  readonly referenceDate?: string | null;
}

/** One value of an output with fields: how sure it is, and where it was read. */
export interface FieldReading {
  readonly name: string;
  readonly value: Json;
  /** Probability that this value is right, in [0, 1]. */
  readonly confidence: number;
  /** Absent where the value was chosen and not read. Units: UTF-16 units, `end` exclusive. */
  readonly span?: { readonly start: number; readonly end: number };
}

/** A student's answer. */
export interface Prediction {
  readonly output: Json;
  /** Calibrated probability that the whole output is right, in [0, 1]. */
  readonly confidence: number;
  /** Over the predictor's classes, in their order; absent for students without classes. */
  readonly probabilities?: Float32Array;
  /** Of outputs with fields, what was read, and what is missing, as null with confidence 0; what stays empty is not listed. */
  readonly fields?: readonly FieldReading[];
  /**
   * Of outputs with fields, the names of those that must have a value and that the text does not give. What stands for
   * them in the output only keeps its shape; such an output has confidence 0.
   */
  readonly missing?: readonly string[];
  /** Of a reply, the name of its type; absent where no reply of the house fits, and `output` is `NO_REPLY`. */
  readonly replyType?: string;
  /** It is for a person to look at, whatever its confidence: free text that nothing proves right. */
  readonly isDraft?: true;
  /** Higher means less like the training data; absent when the student has no such score. */
  readonly outlierScore?: number;
}

/** A loaded student, whichever its kind. */
export interface Predictor {
  readonly classes: readonly string[];
  /** Tables that fill some of its fields; absent where no field is filled. */
  readonly lookups?: readonly Lookup[];
  /** The types of reply by which its replies, and others, are told apart; absent for other tasks. */
  readonly replies?: readonly ReplyTemplate[];
  predict(inputs: readonly Input[]): Promise<Prediction[]>;
  close(): Promise<void>;
}
