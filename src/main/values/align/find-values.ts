import type { Json } from '../../../shared/domain/json.ts';
import type { AlignmentKind, Span } from '../alignment.ts';
import { foldWithPlaces } from '../text/fold.ts';
import { findExact, findFolded, literalOf } from './find-literal.ts';
import { overlaps, type RowAlignment } from './row-alignment.ts';

interface Sought {
  readonly index: number;
  readonly literal: string;
}

const isEmpty = (value: Json) => value === null || value === '';

/**
 * First pass over one row: values that stand at one place take it, longest first; those with several places stay open,
 * and so does a shorter value within reach of an open one.
 */
export function findSureValues(row: RowAlignment): void {
  const { values } = row.row;
  const sought: Sought[] = [];
  for (const [index, { value }] of values.entries()) {
    if (isEmpty(value)) row.settle(index, { kind: 'empty' });
    else sought.push({ index, literal: literalOf(value) ?? '' });
  }
  sought.sort((a, b) => b.literal.length - a.literal.length);

  for (const { index, literal } of sought) {
    const { kind, spans } = findPlaces(row, literal);
    if (spans.length === 0) continue;
    const [only] = spans;
    const isRival = sought.some((other) => other.index !== index && other.literal === literal);
    const isWithinOpen = row.open.some((open) => open.spans.some((span) => overlaps(span, only!)));
    if (spans.length === 1 && !isRival && !isWithinOpen) row.take(index, kind, only!);
    else row.open.push({ index, key: literal, kind, spans });
  }
}

function findPlaces(
  row: RowAlignment,
  literal: string,
): { readonly kind: AlignmentKind; readonly spans: readonly Span[] } {
  const exact = findExact(row.row.text, literal).filter(row.isFree);
  if (exact.length > 0) return { kind: 'exact', spans: exact };
  const folded = findFolded(row.haystack, foldWithPlaces(literal).text).filter(row.isFree);
  return { kind: 'folded', spans: folded };
}
