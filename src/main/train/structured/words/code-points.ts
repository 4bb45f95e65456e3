type Ranges = readonly (readonly [number, number])[];

/** What a code point does to words. Every one that no table names is a letter. */
export const LETTER = 0;
export const SPACE = 1;
export const DIGIT = 2;
export const SIGN = 3;
export const SINGLE = 4;
export const MARK = 5;

/**
 * The kinds of code points, as plain ranges, so that JavaScript and Python agree whatever Unicode version they know.
 * The first table that holds a code point decides.
 */
export const codePointRanges = {
  /** Between words: white space and controls. */
  spaces: [
    [0x00, 0x20],
    [0x7f, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
  ],
  /** Part of the word before: combining marks, joiners, variation selectors, skin tones, dependent vowels. */
  marks: [
    [0xad, 0xad],
    [0x300, 0x36f],
    [0xe31, 0xe31],
    [0xe34, 0xe3a],
    [0xe47, 0xe4e],
    [0xeb1, 0xeb1],
    [0xeb4, 0xebc],
    [0xec8, 0xece],
    [0x102b, 0x103e],
    [0x1056, 0x1059],
    [0x17b4, 0x17d3],
    [0x1ab0, 0x1aff],
    [0x1dc0, 0x1dff],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x206f],
    [0x20d0, 0x20ff],
    [0x3099, 0x309a],
    [0xfe00, 0xfe0f],
    [0xfe20, 0xfe2f],
    [0xfeff, 0xfeff],
    [0x1f3fb, 0x1f3ff],
    [0xe0000, 0xe01ef],
  ],
  digits: [
    [0x30, 0x39],
    [0x660, 0x669],
    [0x6f0, 0x6f9],
    [0x966, 0x96f],
    [0x9e6, 0x9ef],
    [0xff10, 0xff19],
  ],
  /** Each a word of its own: punctuation, currencies, arrows, mathematics, emoji. */
  signs: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
    [0xa1, 0xa9],
    [0xab, 0xb4],
    [0xb6, 0xb9],
    [0xbb, 0xbf],
    [0xd7, 0xd7],
    [0xf7, 0xf7],
    [0x589, 0x58a],
    [0x5be, 0x5be],
    [0x60c, 0x60d],
    [0x61b, 0x61f],
    [0x66a, 0x66d],
    [0x6d4, 0x6d4],
    [0x964, 0x965],
    [0xe3f, 0xe3f],
    [0x2010, 0x205e],
    [0x20a0, 0x20cf],
    [0x2190, 0x245f],
    [0x2500, 0x2bff],
    [0x2e00, 0x2e7f],
    [0x3001, 0x3004],
    [0x3008, 0x3020],
    [0x3030, 0x303f],
    [0x30fb, 0x30fb],
    [0xfe10, 0xfe1f],
    [0xfe30, 0xfe6f],
    [0xff01, 0xff0f],
    [0xff1a, 0xff20],
    [0xff3b, 0xff40],
    [0xff5b, 0xff65],
    [0xffe0, 0xffee],
    [0x1f000, 0x1faff],
  ],
  /** Each a word of its own, because nothing stands between the words: Thai, Lao, Burmese, Khmer, Kana, Han, Hangul. */
  singles: [
    [0xe00, 0xeff],
    [0x1000, 0x109f],
    [0x1780, 0x17ff],
    [0x3005, 0x3007],
    [0x3021, 0x302f],
    [0x3040, 0x31bf],
    [0x31f0, 0x31ff],
    [0x3400, 0x9fff],
    [0xac00, 0xd7a3],
    [0xf900, 0xfaff],
    [0xff66, 0xff9f],
    [0x20000, 0x3ffff],
  ],
} as const satisfies Readonly<Record<string, Ranges>>;

const kinds: readonly (readonly [number, Ranges])[] = [
  [SPACE, codePointRanges.spaces],
  [MARK, codePointRanges.marks],
  [DIGIT, codePointRanges.digits],
  [SIGN, codePointRanges.signs],
  [SINGLE, codePointRanges.singles],
];

const FIRST_ASTRAL = 0x10000;
const kindsOfPlane = Uint8Array.from({ length: FIRST_ASTRAL }, (_, point) => findKind(point));

/** One of the constants above. */
export function kindOf(codePoint: number): number {
  return codePoint < FIRST_ASTRAL ? kindsOfPlane[codePoint]! : findKind(codePoint);
}

function findKind(codePoint: number): number {
  for (const [kind, ranges] of kinds)
    for (const [first, last] of ranges) if (codePoint >= first && codePoint <= last) return kind;
  return LETTER;
}
