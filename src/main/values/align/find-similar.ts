import type { Span } from '../alignment.ts';
import { fold } from '../text/fold.ts';
import type { RowAlignment } from './row-alignment.ts';

/** Edits that are forgiven, as a share of the value's length; and the shortest value that may have any. */
const MAX_EDIT_SHARE = 0.25;
const LEAST_UNITS = 4;
const MAX_UNITS = 200;
/** Words of a text that are looked through. */
const MAX_WORDS = 400;

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * The one stretch of words that is nearly the value: at most a quarter of its units edited, and nothing else in the text
 * as near. For a person to look at; what the teacher wrote is not what stands there.
 */
export function findSimilar(row: RowAlignment, value: string): Span | undefined {
  const wanted = fold(value);
  if (wanted.length < LEAST_UNITS || wanted.length > MAX_UNITS) return undefined;
  const words = Array.from(row.row.text.matchAll(wordPattern), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
  const wordCount = wanted.match(wordPattern)?.length ?? 1;
  const limit = Math.floor(wanted.length * MAX_EDIT_SHARE);
  let nearest: { readonly span: Span; readonly distance: number }[] = [];
  let least = limit;
  for (let first = 0; first < Math.min(words.length, MAX_WORDS); first++)
    for (let count = Math.max(1, wordCount - 1); count <= wordCount + 1; count++) {
      const last = words[first + count - 1];
      if (!last) break;
      const span = { start: words[first]!.start, end: last.end };
      if (!row.isFree(span)) continue;
      const distance = editDistance(fold(row.row.text.slice(span.start, span.end)), wanted, least);
      if (distance > least) continue;
      if (distance < least) nearest = [];
      least = distance;
      nearest.push({ span, distance });
    }
  return nearest.length === 1 ? nearest[0]!.span : undefined;
}

/**
 * Levenshtein distance: insertions, deletions and replacements of units; anything above `limit` once it is exceeded.
 * @see Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const distance = Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1);
      current.push(distance);
      least = Math.min(least, distance);
    }
    if (least > limit) return limit + 1;
    previous = current;
  }
  return previous[b.length]!;
}
