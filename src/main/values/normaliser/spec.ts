import type { Json } from '../../../shared/domain/json.ts';

/** What turns the surfaces of a text into values, as plain JSON: it goes into the student's folder. */
export interface NormaliserSpec {
  readonly version: 1;
  /** Shapes: as `form.slots`. */
  readonly slots: readonly SlotNormaliser[];
}

export interface SlotNormaliser {
  readonly name: string;
  readonly format: ValueFormat;
  /** Values of folded surfaces that the format does not explain. */
  readonly aliases: Readonly<Record<string, Json>>;
  /** Surfaces and values that it was chosen on, and the share of them that it reproduces (1 without any). */
  readonly pairCount: number;
  readonly reproducedShare: number;
}

export const letterCases = ['as-written'] as const;
export type LetterCase = (typeof letterCases)[number];

export type ValueFormat = { readonly kind: 'text'; readonly letterCase: LetterCase };
