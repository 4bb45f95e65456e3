import type { AlignedValue, AlignmentKind, AlignRow, Span } from '../alignment.ts';
import { createHaystack, type Haystack } from './find-literal.ts';

/** A value whose place is not decided yet: it may stand at any of these. */
export interface OpenValue {
  readonly index: number;
  /** Values with the same key look for the same thing. */
  readonly key: string;
  readonly kind: AlignmentKind;
  readonly spans: readonly Span[];
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
  take(index: number, kind: AlignmentKind, span: Span): void;
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
    take(index, kind, span) {
      taken.push(span);
      settle(index, { kind, span });
    },
    settle,
  };
}
