/** Characters that print nothing: zero-width spaces and joiners, direction marks, soft hyphen, byte order mark. */
const invisible =
  /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]/g;
const apostrophe = /[\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\uff07]/g;
const minus = /[\u2010-\u2015\u2212]/g;

/**
 * A token is a number with its separators, a word (with inner apostrophes), one character of a script that writes
 * without spaces, or one currency, percent or mathematical sign; other punctuation and space only separate.
 */
const token =
  /(?<![\p{L}\p{N}])-?\d+(?:[.,:/]\d+)*(?![\p{L}\p{N}])|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}])+(?:'(?=[\p{L}])(?:[\p{L}\p{M}\p{N}])+)*|[\p{Sc}%+=<>]/gu;
const asciiToken =
  /(?<![a-z0-9])-?\d+(?:[.,:/]\d+)*(?![a-z0-9])|[a-z0-9]+(?:'[a-z][a-z0-9]*)*|[$%+=<>]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII starts there.
const isAscii = /^[\x00-\x7f]*$/;

/** The tokens of a text after NFKC, case folding and removal of invisible characters. "12,000" and "12000" are equal. */
export function tokenize(text: string): string[] {
  const tokens = isAscii.test(text)
    ? text.toLowerCase().match(asciiToken)
    : text
        .normalize('NFKC')
        .replace(invisible, '')
        .replace(apostrophe, "'")
        .replace(minus, '-')
        .toLowerCase()
        .match(token);
  if (!tokens) return [];
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!;
    if (word.includes("'")) tokens[i] = word.replaceAll("'", '');
    else if (word.includes(',')) tokens[i] = word.replace(/,(?=\d{3}(?!\d))/g, '');
  }
  return tokens;
}

/** The text as exact duplicates compare it: case, spaces, punctuation, quotes and invisible characters folded. */
export function normalise(text: string): string {
  const folded = tokenize(text).join(' ');
  return folded === '' ? text.normalize('NFKC').trim() : folded;
}
