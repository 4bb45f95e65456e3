import type { Input } from '../../../shared/domain/prediction.ts';
import { foldCodePoint, SPACE } from './fold.ts';

const FNV_PRIME = 0x01000193;
const CHARACTER_SEED = 0x811c9dc5 | 0;
const WORD_SEED = 0x2f0b4c47;
/** Between the words of a pair: next to each other, or with one word left out between them. */
const PAIR_SALT = 0x20;
const SKIP_SALT = 0x5f;
/** Sets the n-grams of the turn before apart from those of the text. */
const CONTEXT_SALT = 0x9e3779b9;
const LONGEST_CHARACTER_GRAM = 5;
/** Memory kept between calls for what lies below this code point. */
const CACHED_CODE_POINTS = 0x3000;
const ASCII_CODE_POINTS = 0x80;
/** What each ASCII character folds to: one code point, always. */
const asciiFolds = Int32Array.from(
  { length: ASCII_CODE_POINTS },
  (_, point) => foldCodePoint(point)[0]!,
);
/** Of each code point of a text: runs of 2 to 5 that begin with it, and at most a word and two pairs. */
const MOST_HASHES_PER_POINT = LONGEST_CHARACTER_GRAM + 2;

/** The hashes of one input's n-grams, with repeats: valid until the next call. */
export interface NgramHashes {
  readonly hashes: Uint32Array;
  readonly count: number;
}

/**
 * Hashes words, pairs of words (adjacent, and over one word), and runs of 2 to 5 characters within ` word `,
 * each rolled over folded code points without cutting a string: h = (h xor codePoint) * 16777619 mod 2^32.
 * @see https://datatracker.ietf.org/doc/draft-eastlake-fnv/ FNV-1a, here over code points instead of bytes
 */
export function createNgramHasher(): (input: Input) => NgramHashes {
  const folds: (readonly number[])[] = [];
  let points = new Int32Array(1024);
  let length = 0;
  let hashes = new Uint32Array(8192);
  let count = 0;
  let salt = 0;

  function fold(codePoint: number): readonly number[] {
    if (codePoint >= CACHED_CODE_POINTS) return foldCodePoint(codePoint);
    const known = folds[codePoint];
    if (known) return known;
    const folded = foldCodePoint(codePoint);
    folds[codePoint] = folded;
    return folded;
  }

  function push(point: number): void {
    if (length === points.length) points = grow(points);
    points[length++] = point;
  }

  /** Leaves ` word word ` in `points`: one space before, between and after words. */
  function foldText(text: string): void {
    length = 0;
    push(SPACE);
    for (let i = 0; i < text.length; ) {
      const unit = text.charCodeAt(i);
      if (unit < ASCII_CODE_POINTS) {
        const point = asciiFolds[unit]!;
        if (point !== SPACE || points[length - 1] !== SPACE) push(point);
        i++;
        continue;
      }
      const codePoint = text.codePointAt(i)!;
      i += codePoint > 0xffff ? 2 : 1;
      const folded = fold(codePoint);
      for (let k = 0; k < folded.length; k++)
        if (folded[k] !== SPACE || points[length - 1] !== SPACE) push(folded[k]!);
    }
    if (points[length - 1] !== SPACE) push(SPACE);
  }

  /** The last bit of a hash says whether it stands for words (1) or characters (0). */
  function emit(hash: number, lastBit: 0 | 1): void {
    hashes[count++] = ((hash ^ salt) & ~1) | lastBit;
  }

  function hashCharacters(): void {
    for (let start = 0; start < length - 1; start++) {
      const end = Math.min(start + LONGEST_CHARACTER_GRAM, length);
      let hash = Math.imul(CHARACTER_SEED ^ points[start]!, FNV_PRIME);
      for (let i = start + 1; i < end; i++) {
        hash = Math.imul(hash ^ points[i]!, FNV_PRIME);
        emit(hash, 0);
        if (points[i] === SPACE) break;
      }
    }
  }

  function hashWords(): void {
    let previous = 0;
    let beforePrevious = 0;
    let words = 0;
    for (let i = 1; i < length; words++) {
      let hash = WORD_SEED;
      for (; points[i] !== SPACE; i++) hash = Math.imul(hash ^ points[i]!, FNV_PRIME);
      i++;
      emit(hash, 1);
      if (words > 0) emit(joinHashes(previous, hash, PAIR_SALT), 1);
      if (words > 1) emit(joinHashes(beforePrevious, hash, SKIP_SALT), 1);
      beforePrevious = previous;
      previous = hash;
    }
  }

  function hashText(text: string, textSalt: number): void {
    salt = textSalt;
    foldText(text);
    while (count + length * MOST_HASHES_PER_POINT > hashes.length) hashes = grow(hashes);
    hashWords();
    hashCharacters();
  }

  return ({ text, context }) => {
    count = 0;
    hashText(text, 0);
    if (context) hashText(context, CONTEXT_SALT);
    return { hashes, count };
  };
}

/** Whether a hash stands for words. */
export function isWordHash(hash: number): boolean {
  return (hash & 1) === 1;
}

/** joined = ((first xor salt) * p xor second) * p */
function joinHashes(first: number, second: number, salt: number): number {
  return Math.imul(Math.imul(first ^ salt, FNV_PRIME) ^ second, FNV_PRIME);
}

function grow<T extends Int32Array | Uint32Array>(array: T): T {
  // The constructor of a typed array makes its own kind.
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
