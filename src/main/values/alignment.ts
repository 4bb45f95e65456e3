import type { SlotValue } from '../../shared/domain/form/form.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { NormaliserSpec } from './normaliser/spec.ts';

/** A text and what its output says, one value for each item of a list. */
export interface AlignRow {
  readonly text: string;
  /** What was said before, such as the assistant's last turn; values are never aligned to it. */
  readonly context?: string;
  /** The day that relative dates count from, `YYYY-MM-DD`. */
  readonly referenceDate?: string;
  readonly frame: number;
  readonly values: readonly SlotValue[];
}

/** Units: UTF-16 units of the text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How a value was found in its text, from sure to not at all. */
export const alignmentKinds = [
  /** As written, on word boundaries. */
  'exact',
  /** But for case, white space, diacritics, and the shape of quotes and dashes. */
  'folded',
  /** Written in another way: a date, a time, an amount, a number in words. */
  'normalised',
  /** By a surface that stands for this value elsewhere. */
  'alias',
  /** Something close to it stands in the text: to show to a person, never to learn from. */
  'fuzzy',
  /** At several places, and nothing decides between them. */
  'ambiguous',
  /** Nowhere: inferred from the whole, or made up. */
  'absent',
  /** Null or an empty text: nothing to look for. */
  'empty',
] as const;
export type AlignmentKind = (typeof alignmentKinds)[number];

/** The kinds whose span may be learnt from. */
export const sureKinds: ReadonlySet<AlignmentKind> = new Set([
  'exact',
  'folded',
  'normalised',
  'alias',
]);

export interface AlignedValue extends SlotValue {
  readonly kind: AlignmentKind;
  /** Of the sure kinds only. */
  readonly span?: Span;
  /** What a `fuzzy` value may have meant. */
  readonly suggestion?: Span;
  /** Where an `ambiguous` value may stand. */
  readonly candidates?: readonly Span[];
  /** Of an `absent` value that stands in the context. */
  readonly isInContext?: true;
}

/** What the rows together say of one slot. */
export interface SlotReport {
  readonly slot: number;
  /** Values that are not empty. */
  readonly valueCount: number;
  readonly countByKind: Readonly<Record<AlignmentKind, number>>;
  /**
   * Share of the values that are found in the text, and whose span gives the value back: surely, or once there is a
   * reference date where the row has none. 0 without values.
   */
  readonly learnableShare: number;
  /** Share of the values whose surface counts from a reference date: "tomorrow", "March 8th" without a year. */
  readonly relativeShare: number;
  /** Distinct values, most frequent first. */
  readonly values: readonly { readonly value: Json; readonly count: number }[];
}

export interface Alignment {
  /** Shapes: as the rows, and as the values of each. */
  readonly rows: readonly (readonly AlignedValue[])[];
  /** Shapes: as `form.slots`. */
  readonly slots: readonly SlotReport[];
  readonly normaliser: NormaliserSpec;
}
