import type { Json } from './json.ts';

/** What a student reads: the text, and the turn before it where there is one. */
export interface Input {
  readonly text: string;
  readonly context?: string | null;
}

/** A student's answer. */
export interface Prediction {
  readonly output: Json;
  /** Calibrated probability that the whole output is right, in [0, 1]. */
  readonly confidence: number;
  /** Over the predictor's classes, in their order; absent for students without classes. */
  readonly probabilities?: Float32Array;
  /** Higher means less like the training data; absent when the student has no such score. */
  readonly outlierScore?: number;
}

/** A loaded student, whichever its kind. */
export interface Predictor {
  readonly classes: readonly string[];
  predict(inputs: readonly Input[]): Promise<Prediction[]>;
  close(): Promise<void>;
}
