import type { Json } from '../../../shared/domain/json.ts';
import type { Span } from '../alignment.ts';
import { isOnBoundaries } from '../text/boundaries.ts';
import { type FoldedText, foldWithPlaces } from '../text/fold.ts';

/** A text to look for values in; its folded form is made when first asked for. */
export interface Haystack {
  readonly text: string;
  readonly folded: FoldedText;
}

export function createHaystack(text: string): Haystack {
  let folded: FoldedText | undefined;
  return {
    text,
    get folded() {
      folded ??= foldWithPlaces(text);
      return folded;
    },
  };
}

/** How a value would stand in a text when nothing about it is changed; undefined where there is no such way. */
export function literalOf(value: Json): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : undefined;
}

/** Every place where a literal stands as it is, on boundaries; places do not overlap. */
export function findExact(text: string, literal: string): Span[] {
  const spans: Span[] = [];
  if (literal === '') return spans;
  for (let start = text.indexOf(literal); start >= 0; ) {
    const end = start + literal.length;
    const isWhole = isOnBoundaries(text, start, end);
    if (isWhole) spans.push({ start, end });
    start = text.indexOf(literal, isWhole ? end : start + 1);
  }
  return spans;
}

/** As `findExact`, but for case, spaces, diacritics, quotes and dashes. `literal` is folded already. */
export function findFolded({ text, folded }: Haystack, literal: string): Span[] {
  const spans: Span[] = [];
  if (literal === '') return spans;
  for (let at = folded.text.indexOf(literal); at >= 0; ) {
    const span = { start: folded.starts[at]!, end: folded.ends[at + literal.length - 1]! };
    const isWhole =
      isOnBoundaries(text, span.start, span.end) && !cutsCharacter(folded, at, literal.length);
    if (isWhole) spans.push(span);
    at = folded.text.indexOf(literal, isWhole ? at + literal.length : at + 1);
  }
  return spans;
}

/** Whether an end falls within one character of the source that folds to several, such as the "ae" of "æ". */
function cutsCharacter({ starts }: FoldedText, at: number, length: number): boolean {
  const isShared = (left: number) => left >= 0 && starts[left] === starts[left + 1];
  return isShared(at - 1) || isShared(at + length - 1);
}
