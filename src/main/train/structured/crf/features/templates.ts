import type { Forms } from '../../words/forms.ts';
import type { Match } from './gazetteer.ts';

const FNV_PRIME = 0x01000193;
const LONGEST_AFFIX = 5;
/** Hash and shape of what is before the first word and behind the last. */
const EDGE_HASH = 0x51ed270b;
const EDGE_SHAPE = 31;

/** The kinds of features; each hashes apart from the others by its number (and the few after it, where it has variants). */
const kinds = {
  always: 1,
  word: 2,
  neighbour: 4,
  pair: 10,
  around: 16,
  prefix: 20,
  suffix: 30,
  shape: 40,
  position: 45,
  wordShape: 46,
  match: 60,
} as const;

/** h = ((kind * p xor first) * p xor second) * p */
function join(kind: number, first: number, second = 0): number {
  return (
    Math.imul(Math.imul(Math.imul(kind, FNV_PRIME) ^ first, FNV_PRIME) ^ second, FNV_PRIME) >>> 0
  );
}

/** Tells the hash of each feature of word w: itself, its neighbours, pairs, beginnings, endings, shapes, place. */
export function listFeatures(forms: Forms, w: number, emit: (hash: number) => void): void {
  const { count, points, starts, hashes, shapes } = forms;
  const wordAt = (i: number) => (i < 0 || i >= count ? EDGE_HASH : hashes[i]!);
  const shapeAt = (i: number) => (i < 0 || i >= count ? EDGE_SHAPE : shapes[i]!);
  const own = hashes[w]!;

  emit(join(kinds.always, 0));
  emit(join(kinds.word, own));
  emit(join(kinds.neighbour, wordAt(w - 2)));
  emit(join(kinds.neighbour + 1, wordAt(w - 1)));
  emit(join(kinds.neighbour + 2, wordAt(w + 1)));
  emit(join(kinds.neighbour + 3, wordAt(w + 2)));
  emit(join(kinds.pair, wordAt(w - 1), own));
  emit(join(kinds.pair + 1, own, wordAt(w + 1)));
  emit(join(kinds.pair + 2, wordAt(w - 2), wordAt(w - 1)));
  emit(join(kinds.pair + 3, wordAt(w + 1), wordAt(w + 2)));
  emit(join(kinds.around, wordAt(w - 1), wordAt(w + 1)));

  emitAffixes(kinds.prefix, starts[w]!, starts[w + 1]!, 1, points, emit);
  emitAffixes(kinds.suffix, starts[w + 1]! - 1, starts[w]! - 1, -1, points, emit);

  emit(join(kinds.shape, shapes[w]!));
  emit(join(kinds.shape + 1, shapeAt(w - 1), shapes[w]!));
  emit(join(kinds.shape + 2, shapes[w]!, shapeAt(w + 1)));
  emit(join(kinds.shape + 3, shapeAt(w - 1) * 32 + shapes[w]!, shapeAt(w + 1)));
  emit(join(kinds.wordShape, own, shapes[w]!));
  emit(join(kinds.position, Math.min(w, 3), 0));
  emit(join(kinds.position, Math.min(count - 1 - w, 2), 1));
}

/** Hashes of the first 1 to 5 code points from `start` on, in the direction of `step`. */
function emitAffixes(
  kind: number,
  start: number,
  end: number,
  step: 1 | -1,
  points: Int32Array,
  emit: (hash: number) => void,
): void {
  let hash: number = kind;
  for (let length = 1, i = start; length <= LONGEST_AFFIX && i !== end; length++, i += step) {
    hash = Math.imul(hash ^ points[i]!, FNV_PRIME);
    emit(join(kind + length, hash));
  }
}

/** Tells the hashes of a word within the longest known value of each slot that covers it. */
export function listMatchFeatures(
  { k, from, to, share, count }: Match,
  w: number,
  emit: (hash: number) => void,
): void {
  const place = to - from === 1 ? 0 : w === from ? 1 : w === to - 1 ? 2 : 3;
  const own = k * 4 + place;
  const trust = share >= 0.95 ? 3 : share >= 0.5 ? 2 : share >= 0.1 ? 1 : 0;
  const fame = count >= 10 ? 2 : count >= 2 ? 1 : 0;
  emit(join(kinds.match, own));
  emit(join(kinds.match + 1, own, trust));
  emit(join(kinds.match + 2, own, (trust * 4 + Math.min(to - from, 4)) * 4 + fame));
}
