type Ranges = readonly (readonly [number, number])[];

/**
 * Where folding applies: Latin, Greek, Cyrillic, Armenian, their extensions, letter-like symbols, circled letters,
 * ligatures, full-width forms. Decomposition and lower case of these are the same in every Unicode version since
 * 11 (2018), so Python, browsers and Node agree on them; every other code point stays as it is.
 */
export const foldedRanges: Ranges = [
  [0x41, 0x5a],
  [0x80, 0x58f],
  [0x1e00, 0x1fff],
  [0x2100, 0x218f],
  [0x2460, 0x24ff],
  [0xfb00, 0xfb06],
  [0xff01, 0xff5e],
];

/** Soft hyphen, joiners, direction marks, variation selectors, byte order mark: they make no other word. */
export const droppedRanges: Ranges = [
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

/** What ends a word: ASCII and Latin-1 signs, general punctuation, CJK punctuation. */
export const separatorRanges: Ranges = [
  [0x00, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2000, 0x206f],
  [0x3000, 0x303f],
];

export const SPACE = 0x20;
const REPLACEMENT = 0xfffd;

/**
 * Folds one code point: compatibility decomposition, lower case, decomposition; separators become a space, dropped
 * ones nothing, lone surrogates U+FFFD. One code point at a time, so that no rule depends on its neighbours
 * (final sigma) or on a language (Turkish i).
 */
export function foldCodePoint(codePoint: number): readonly number[] {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return [REPLACEMENT];
  if (isIn(droppedRanges, codePoint)) return [];
  const folded = isIn(foldedRanges, codePoint)
    ? [...decompose(decompose(String.fromCodePoint(codePoint)).toLowerCase())]
    : [String.fromCodePoint(codePoint)];
  return folded.map((character) => {
    const point = character.codePointAt(0)!;
    return isIn(separatorRanges, point) ? SPACE : point;
  });
}

/** Whether folding changes the case of a code point's first letter. */
export function isCapital(codePoint: number): boolean {
  if (!isIn(foldedRanges, codePoint)) return false;
  const first = decompose(String.fromCodePoint(codePoint))[0]!;
  return decompose(first.toLowerCase())[0] !== first;
}

function decompose(text: string): string {
  return text.normalize('NFKD');
}

function isIn(ranges: Ranges, codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** A text as the student sees it: folded, words separated by one space. Equal texts are the same example to it. */
export function foldText(text: string): string {
  return Array.from(text, (character) => foldCodePoint(character.codePointAt(0)!))
    .flat()
    .map((point) => String.fromCodePoint(point))
    .join('')
    .split(' ')
    .filter((word) => word !== '')
    .join(' ');
}
