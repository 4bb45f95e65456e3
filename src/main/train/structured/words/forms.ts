import { foldCodePoint, isCapital, SPACE } from '../../features/fold.ts';
import { DIGIT, SIGN, SINGLE } from './code-points.ts';
import type { Words } from './words.ts';

const FNV_PRIME = 0x01000193;
const FORM_SEED = 0x3c6ef372;
/** Memory kept between calls for what lies below this code point. */
const CACHED_CODE_POINTS = 0x3000;
const MOST_DIGITS = 5;

/** How a word is written, apart from what it says. */
export const shapes = {
  lower: 0,
  capitalised: 1,
  capitals: 2,
  mixed: 3,
  oneCapital: 4,
  sign: 5,
  single: 6,
  /** Plus the number of digits, at most 5. */
  digits: 7,
} as const;

/**
 * What the words of a text look like, folded: valid until the next call. Shapes: `hashes`, `shapes` [L], `starts`
 * [L + 1] into `points`.
 */
export interface Forms {
  readonly count: number;
  /** Folded code points of all words, one after the other. */
  readonly points: Int32Array;
  readonly starts: Int32Array;
  readonly hashes: Int32Array;
  readonly shapes: Uint8Array;
}

interface Folded {
  readonly points: readonly number[];
  readonly isCapital: boolean;
}

/**
 * Folds words as the n-grams do (case, accents and width do not count), except that a sign stays itself; and tells
 * their shapes. h = (h xor codePoint) * 16777619 mod 2^32 over the folded code points.
 */
export function createFormReader(): (words: Words) => Forms {
  const known: Folded[] = [];
  let points = new Int32Array(256);

  function fold(codePoint: number): Folded {
    if (codePoint < CACHED_CODE_POINTS && known[codePoint]) return known[codePoint];
    const folded = {
      points: foldCodePoint(codePoint).filter((point) => point !== SPACE),
      isCapital: isCapital(codePoint),
    };
    if (codePoint < CACHED_CODE_POINTS) known[codePoint] = folded;
    return folded;
  }

  return ({ text, starts: from, ends, kinds }) => {
    const count = from.length;
    const starts = new Int32Array(count + 1);
    const hashes = new Int32Array(count);
    const shapesOfWords = new Uint8Array(count);
    let filled = 0;
    const push = (point: number) => {
      if (filled === points.length) {
        const larger = new Int32Array(filled * 2);
        larger.set(points);
        points = larger;
      }
      points[filled++] = point;
    };
    for (let w = 0; w < count; w++) {
      let letters = 0;
      let capitals = 0;
      let startsCapital = false;
      for (let i = from[w]!; i < ends[w]!; ) {
        const codePoint = text.codePointAt(i)!;
        const folded = fold(codePoint);
        if (kinds[w] === SIGN) push(codePoint);
        else for (const point of folded.points) push(point);
        if (folded.isCapital) capitals++;
        if (letters++ === 0) startsCapital = folded.isCapital;
        i += codePoint > 0xffff ? 2 : 1;
      }
      starts[w + 1] = filled;
      let hash = FORM_SEED;
      for (let i = starts[w]!; i < filled; i++) hash = Math.imul(hash ^ points[i]!, FNV_PRIME);
      hashes[w] = hash;
      shapesOfWords[w] = toShape(kinds[w]!, letters, capitals, startsCapital);
    }
    return { count, points, starts, hashes, shapes: shapesOfWords };
  };
}

function toShape(kind: number, letters: number, capitals: number, startsCapital: boolean): number {
  if (kind === SIGN) return shapes.sign;
  if (kind === SINGLE) return shapes.single;
  if (kind === DIGIT) return shapes.digits + Math.min(letters, MOST_DIGITS);
  if (capitals === 0) return shapes.lower;
  if (capitals === letters) return letters === 1 ? shapes.oneCapital : shapes.capitals;
  return startsCapital && capitals === 1 ? shapes.capitalised : shapes.mixed;
}
