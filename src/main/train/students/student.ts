import type { Input } from '../../../shared/domain/prediction.ts';
import type { Provider } from '../../../shared/domain/provider.ts';
import type { Work } from '../../lib/work.ts';
import type { Checkpoint } from '../checkpoint.ts';

/** One class's share of a soft target; the shares of a target sum to 1. */
export interface Share {
  readonly classIndex: number;
  readonly share: number;
}

/** What a row should be answered with: one class, or shares of several. */
export type Target = number | readonly Share[];

/** What a student learns from. Shapes: each list [N]. */
export interface TrainingSet {
  readonly inputs: readonly Input[];
  readonly targets: readonly Target[];
  /** How much each row counts; 1 is normal. */
  readonly weights: readonly number[];
  readonly classes: readonly string[];
}

export interface TrainOptions {
  readonly seed: number;
  readonly threads: number;
  /** What fine-tunes an encoder; all else is too small to gain from a graphics card. */
  readonly provider?: Provider | undefined;
  /** Where finished parts are kept, so that a run that was cut off goes on there. */
  readonly checkpoint?: Checkpoint;
  /** A student with a slow and a quick way takes the quick one when the slow one would take longer. */
  readonly budgetSeconds?: number;
  /** Folder of an encoder to take in place of the bundled one. */
  readonly encoderFolder?: string;
}

/** Scores inputs; higher means more likely. */
export interface Scorer {
  /** Shapes: scores [N, C] before calibration, row by row; unseenShares [N]. */
  score(inputs: readonly Input[], work: Work): Promise<Scores>;
}

export interface Scores {
  readonly scores: Float32Array;
  /** Share of each input that the student has never met, in [0, 1]. */
  readonly unseenShares: Float32Array;
}

/** Which of a student's models: full precision, or weights rounded to 8 bits. */
export const variants = ['full', 'int8'] as const;
export type Variant = (typeof variants)[number];

/** The parts of a student folder that depend on its kind. */
export interface StudentParts {
  /** Goes into student.json: how a text becomes the model's inputs. */
  readonly preprocessing: Readonly<Record<string, string>>;
  /** Path within the folder, and contents. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly parameters: number;
}

export interface TrainedStudent extends Scorer {
  /** probabilities = softmax(scores / temperature) */
  export(temperature: number): StudentParts;
}

/** A student read back from its folder, run by ONNX Runtime. */
export interface LoadedStudent extends Scorer {
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly threads: number;
  readonly variant: Variant;
  readonly classCount: number;
}

/** One kind of student. To add one: a folder beside `linear` and a line in `index.ts`. */
export interface Student {
  readonly id: string;
  readonly title: string;
  /** Made when it is asked for by its id only: `best` does not try it. */
  readonly isOnRequest?: boolean;
  /** Whether it is built on an encoder, so that one can be chosen. */
  readonly hasEncoder?: boolean;
  /** Its int8 model answers sooner than the full one, and not only takes less room. */
  readonly isQuickerInInt8?: boolean;
  /** What a training within this many seconds would leave undone, as a sentence; undefined for nothing. */
  readonly tellShortcut?: (set: TrainingSet, budgetSeconds: number) => string | undefined;
  train(set: TrainingSet, options: TrainOptions, work: Work): Promise<TrainedStudent>;
  /** Files come verified against the sums of student.json. @throws AppError `student.malformed` */
  load(read: (path: string) => Uint8Array, options: LoadOptions): Promise<LoadedStudent>;
}

/** Declares a kind of student. */
export function defineStudent(student: Student): Student {
  return student;
}
