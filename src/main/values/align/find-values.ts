import type { Form, SlotType } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { foldWithPlaces } from '../text/fold.ts';
import { findExact, findFolded, literalOf } from './find-literal.ts';
import type { ExpressionFinder } from './find-written-otherwise.ts';
import { overlaps, type Place, type RowAlignment } from './row-alignment.ts';

export interface Sought {
  readonly index: number;
  readonly value: Json;
  readonly literal: string;
  readonly type: SlotType;
  /** The value is said as the text says it, whatever it reads as. */
  readonly isQuoted?: true | undefined;
}

const isEmpty = (value: Json) => value === null || value === '';
const isNumeric = (literal: string) => /^-?[0-9][-0-9.,:/]*$/.test(literal);

/**
 * First pass over one row: values that stand at one place only take it, longest first; those with several places stay
 * open, and so does a shorter value within reach of an open one.
 */
export function findSureValues(row: RowAlignment, form: Form, finder: ExpressionFinder): void {
  const sought: Sought[] = [];
  for (const [index, { slot, value }] of row.row.values.entries()) {
    if (isEmpty(value)) row.settle(index, { kind: 'empty' });
    else {
      const { type, isQuoted } = form.slots[slot]!;
      sought.push({ index, value, literal: literalOf(value) ?? '', type, isQuoted });
    }
  }
  sought.sort((a, b) => b.literal.length - a.literal.length);
  const isRival = (one: Sought) =>
    sought.some((other) => other.index !== one.index && other.literal === one.literal);

  for (const one of sought) {
    const { places, isWeak } = findPlaces(row, one, finder);
    if (places.length === 0) continue;
    const [only] = places;
    const isWithinOpen = row.open.some((open) =>
      open.places.some((place) => overlaps(place, only!)),
    );
    if (places.length === 1 && !isWeak && !isRival(one) && !isWithinOpen)
      row.take(one.index, only!);
    else row.open.push({ index: one.index, key: one.literal, places, isWeak });
  }
}

interface Found {
  readonly places: readonly Place[];
  readonly isWeak: boolean;
}

export function findPlaces(row: RowAlignment, sought: Sought, finder: ExpressionFinder): Found {
  const { literal, value, type, isQuoted } = sought;
  const exact = findExact(row.row.text, literal)
    .filter(row.isFree)
    .map((span): Place => ({ ...span, kind: 'exact' }));
  if (isNumeric(literal) && !isQuoted) return findNumber(row, sought, exact, finder);
  if (exact.length > 0) return { places: exact, isWeak: false };
  const folded = findFolded(row.haystack, foldWithPlaces(literal).text)
    .filter(row.isFree)
    .map((span): Place => ({ ...span, kind: 'folded' }));
  if (folded.length > 0) return { places: folded, isWeak: false };
  return finder.find(row, value, type);
}

/**
 * Digits may also stand in words, belong to more than themselves ("5:30" of "5:30 pm"), or be part of a date or time
 * that is something else.
 */
function findNumber(
  row: RowAlignment,
  { value, type }: Sought,
  exact: readonly Place[],
  finder: ExpressionFinder,
): Found {
  const written = finder.find(row, value, type);
  if (exact.length === 0) return written;
  const strong = written.isWeak ? [] : written.places;
  const places = exact.map((place) => {
    const whole = strong.find((other) => overlaps(other, place));
    return { place: whole ? widen(row, place, whole, type) : place, isConfirmed: !!whole };
  });
  const isOccasion = (place: Place) =>
    finder.occasions(row).some((expression) => overlaps(expression, place));
  const own = places
    .filter(({ place, isConfirmed }) => isConfirmed || !isOccasion(place))
    .map(({ place }) => place)
    .concat(strong.filter((other) => !exact.some((place) => overlaps(place, other))));
  return own.length > 0
    ? { places: own, isWeak: false }
    : { places: places.map(({ place }) => place), isWeak: true };
}

/** The whole of a date or time, but for words before it; of a number only where its unit does not stay in the value. */
function widen(row: RowAlignment, place: Place, whole: Place, type: SlotType): Place {
  const { text } = row.row;
  const isPlainText = type === 'string' && !/[:/.-]/.test(text.slice(place.start, place.end));
  if (isPlainText || (whole.start === place.start && whole.end === place.end)) return place;
  const hasWordBefore = /\p{L}/u.test(text.slice(whole.start, place.start));
  const start = hasWordBefore ? place.start : whole.start;
  const isSame = start === place.start && whole.end === place.end;
  return isSame ? place : { ...whole, start };
}
