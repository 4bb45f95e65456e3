import type { Form } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Input } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import type { LoadOptions, StudentParts, TrainOptions } from '../students/student.ts';

/** How a student gives a slot its value. */
export type SlotPlan =
  /** A stretch of the text, normalised. */
  | { readonly mode: 'span' }
  /** One of some values, or none. */
  | { readonly mode: 'choice'; readonly choices: readonly Json[] }
  /** Any number of some values, each for itself. */
  | { readonly mode: 'choices'; readonly choices: readonly Json[] }
  /** Looked up in a table by the value of another slot; nothing of it is learnt. */
  | {
      readonly mode: 'lookup';
      readonly table: string;
      readonly by: number;
      readonly keyColumn: string;
      readonly valueColumn: string;
    }
  /** Cannot be learnt from the text; left empty. */
  | { readonly mode: 'unlearnable' };

/** The form, and how each of its slots is given a value. Shapes: slots as `form.slots`. */
export interface FormPlan {
  readonly form: Form;
  readonly slots: readonly SlotPlan[];
}

/** Where a slot's value stands. Units: UTF-16 units, `end` exclusive. */
export interface SlotSpan {
  readonly slot: number;
  readonly start: number;
  readonly end: number;
}

/** Which of a slot's choices apply; none of them for an absent value, at most one in mode `choice`. */
export interface SlotChoice {
  readonly slot: number;
  readonly chosen: readonly number[];
}

/** A row to learn from. */
export interface StructuredRow {
  readonly input: Input;
  /** Index of the frame; `frames.length` for no call. */
  readonly frame: number;
  /** Spans do not overlap. */
  readonly spans: readonly SlotSpan[];
  /** False when a value of a `span` slot was not found in the text: the row then teaches frame and choices only. */
  readonly isTagged: boolean;
  /** Of the slots of the frame that are given by choice; a slot whose value is not known is left out. */
  readonly choices: readonly SlotChoice[];
  /** How much the row counts; 1 is normal. */
  readonly weight: number;
}

export interface StructuredSet {
  readonly plan: FormPlan;
  readonly rows: readonly StructuredRow[];
}

/** What a student read in a text, before values are normalised and put together. */
export interface Parse {
  readonly frame: number;
  /** Probability of the frame, in [0, 1]. */
  readonly frameProbability: number;
  readonly spans: readonly (SlotSpan & {
    /** Probability that this span, with exactly these ends, is of this slot, given the frame. */
    readonly probability: number;
  })[];
  /** Probability of all tags together, given the frame. */
  readonly pathProbability: number;
  /** One for each slot of the frame that is given by choice. */
  readonly choices: readonly (SlotChoice & { readonly probability: number })[];
  /** Share of the input that the student has never met, in [0, 1]. */
  readonly unseenShare: number;
}

export interface Parser {
  parse(inputs: readonly Input[], work: Work): Promise<Parse[]>;
}

/** The parts of a student folder that depend on its kind. */
export interface StructuredParts extends StudentParts {
  /** The student's own section of decoder.json: tags, transitions, and whatever else turns scores into a parse. */
  readonly decoder: Json;
}

export interface TrainedParser extends Parser {
  export(): StructuredParts;
}

export interface LoadedParser extends Parser {
  close(): Promise<void>;
}

export interface LoadParserOptions extends Omit<LoadOptions, 'classCount'> {
  readonly plan: FormPlan;
  readonly decoder: Json;
  /** Run the model by ONNX Runtime, as others will, even where there is a quicker way to the same answers. */
  readonly byRuntime?: boolean;
}

/** One kind of student for outputs with fields. To add one: a folder beside `crf` and a line in `index.ts`. */
export interface StructuredStudent {
  readonly id: string;
  readonly title: string;
  /** Its int8 model answers sooner than the full one, and not only takes less room. */
  readonly isQuickerInInt8?: boolean;
  /** Whether it is built on an encoder, so that one can be chosen. */
  readonly hasEncoder?: boolean;
  /** Whether texts without an output are tried, too: that is two trainings more. */
  readonly selfTrains?: boolean;
  /** What a training within this many seconds would leave undone, as a sentence; undefined for nothing. */
  readonly tellShortcut?: (set: StructuredSet, budgetSeconds: number) => string | undefined;
  train(set: StructuredSet, options: TrainOptions, work: Work): Promise<TrainedParser>;
  /** Files come verified against the sums of student.json. @throws AppError `student.malformed` */
  load(read: (path: string) => Uint8Array, options: LoadParserOptions): Promise<LoadedParser>;
}

/** Declares a kind of structured student. */
export function defineStructuredStudent(student: StructuredStudent): StructuredStudent {
  return student;
}
