import type { Form } from '../../shared/domain/form/form.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Input, Prediction } from '../../shared/domain/prediction.ts';
import type { Task, TaskKind } from '../../shared/domain/task.ts';
import type { Work } from '../lib/work.ts';
import type { Example } from '../store/examples.ts';
import type { Label } from '../store/labels.ts';

/** A part of a row's text that a finding is about. Units: UTF-16 units, `end` exclusive. */
export type EvidencePlace = {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
};

/** What a check says about one example, or about a pair of them. */
export interface Score {
  readonly exampleId: number;
  readonly otherId?: number;
  /** In [0, 1], 0 worst. Whether it is flagged is for the threshold to say. */
  readonly score: number;
  /** The check's own keys; those that are named here are shown to people alike. */
  readonly evidence: {
    readonly [key: string]: Json;
  } & {
    /** Sentences that say why. */
    readonly reasons?: readonly string[];
    readonly places?: readonly EvidencePlace[];
    /** The output that would be better, and how likely it is, in [0, 1]. */
    readonly suggested?: Json;
    readonly probability?: number;
  };
}

/** One labelled text for a classifier. */
export interface OutOfFoldRow {
  readonly text: string;
  /** Class index. */
  readonly target: number;
  /** Rows of one group go to one fold together. */
  readonly group: number;
  /** Kept for measuring: it is predicted, and no other row by it. */
  readonly isHeldOut?: boolean;
}

/** Fits a student on all folds but one and lets it predict that one, for each fold. Shapes: result [N, C], rows sum to 1. */
export type OutOfFold = (
  rows: readonly OutOfFoldRow[],
  classCount: number,
  options: { readonly folds: number; readonly seed: number; readonly signal: AbortSignal },
) => Promise<Float32Array>;

/** A place in a text that looks like personal data. */
export interface PersonalDataSpan {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** A text with the output it was given; rows of one group are never on both sides. */
export interface GivenRow {
  readonly input: Input;
  readonly output: Json;
  readonly group: string;
  /** Kept for measuring: it is read, and no other row by what it says. */
  readonly isHeldOut?: boolean;
}

/** What a student reads in each row that was trained without it and its group, where there are others. Shapes: result [N]. */
export type ReadOutOfFold = (
  form: Form,
  rows: readonly GivenRow[],
  options: { readonly folds: number; readonly seed: number },
  work: Work,
) => Promise<readonly (Prediction | undefined)[]>;

/** What curating needs of other features; the composition root fills it in. */
export interface CurateTools {
  /** Ids of the strategies whose texts are disturbed on purpose: slips, odd characters, orders to a model. */
  readonly oddStrategies: ReadonlySet<string>;
  readonly outOfFold: OutOfFold;
  readonly readOutOfFold: ReadOutOfFold;
  findPersonalData(text: string): readonly PersonalDataSpan[];
  /** Sentence vectors where an encoder is at hand. Shapes: result [N, D], rows of length 1. */
  readonly embed?: (texts: readonly string[], work: Work) => Promise<Float32Array>;
}

export interface CheckContext {
  readonly task: Task;
  readonly examples: readonly Example[];
  readonly seed: number;
  readonly tools: CurateTools;
  /** All imported labels, or all of the teacher's. */
  labelsBy(author: 'imported' | 'teacher'): readonly Label[];
}

/** A quality check. To add one: a file in `checks/` and a line in its `index.ts`. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** What a flag means and what to do about it, for people. */
  readonly explanation: string;
  /** The kinds of task that it has anything to say of; all when left out. */
  readonly taskKinds?: readonly TaskKind[];
  /** A score below it is flagged; moving it needs no new scoring. */
  readonly threshold: number;
  run(context: CheckContext, work: Work): Promise<Score[]>;
}

export function defineCheck(check: Check): Check {
  return check;
}

/** Whether one row was made from the other, or both from a third: likeness is then on purpose and no finding. */
export function isKin(
  a: Pick<Example, 'id' | 'parentId'>,
  b: Pick<Example, 'id' | 'parentId'>,
): boolean {
  return (
    a.parentId === b.id || b.parentId === a.id || (a.parentId !== null && a.parentId === b.parentId)
  );
}

/** What a student reads of an example: duplicates are equal in all of it. */
export function inputOf(example: Pick<Example, 'text' | 'context'>): string {
  return example.context === null ? example.text : `${example.context}\n${example.text}`;
}

/** Whether a row was made to look odd, so that its oddness is no finding. */
export function isOddOnPurpose(
  { origin, strategy }: Pick<Example, 'origin' | 'strategy'>,
  { oddStrategies }: Pick<CurateTools, 'oddStrategies'>,
): boolean {
  return origin === 'synthetic' && strategy !== null && oddStrategies.has(strategy);
}
