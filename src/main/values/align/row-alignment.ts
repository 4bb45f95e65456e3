import type { AlignedValue, AlignmentKind, AlignRow, Span } from '../alignment.ts';
import { createHaystack, type Haystack } from './find-literal.ts';

/** A place where a value may stand, and how it was found there. */
export interface Place extends Span {
  readonly kind: AlignmentKind;
}

/** A value whose place is not decided yet. */
export interface OpenValue {
  readonly index: number;
  /** Values with the same key look for the same thing. */
  readonly key: string;
  readonly places: readonly Place[];
  /** Even a single place is not sure by itself: what stands there may well mean something else. */
  readonly isWeak: boolean;
}

export const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** One row while its values are being found. A place that a value has taken is not used again. */
export interface RowAlignment {
  readonly row: AlignRow;
  readonly haystack: Haystack;
  /** Shapes: as `row.values`; undefined while nothing is decided. */
  readonly found: (AlignedValue | undefined)[];
  open: OpenValue[];
  isFree(span: Span): boolean;
  take(index: number, place: Place): void;
  settle(index: number, rest: Omit<AlignedValue, 'slot' | 'value'>): void;
}

export function createRowAlignment(row: AlignRow): RowAlignment {
  const taken: Span[] = [];
  const found: (AlignedValue | undefined)[] = row.values.map(() => undefined);
  const settle = (index: number, rest: Omit<AlignedValue, 'slot' | 'value'>) => {
    const { slot, value } = row.values[index]!;
    found[index] = { slot, value, ...rest };
  };
  return {
    row,
    haystack: createHaystack(row.text),
    found,
    open: [],
    isFree: (span) => !taken.some((other) => overlaps(other, span)),
    take(index, { start, end, kind }) {
      taken.push({ start, end });
      settle(index, { kind, span: { start, end } });
    },
    settle,
  };
}
