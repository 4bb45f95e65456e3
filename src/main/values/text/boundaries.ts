const letterOrDigit = /[\p{L}\p{N}_]/u;
/** What belongs to the character before it: marks (variation selectors too), tints of emoji, joiners. */
const continuation = /^(?:\p{M}|\p{Emoji_Modifier}|\u200D)/u;
/** Scripts that write words without spaces: between their letters any place is a boundary. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const digit = /[0-9]/;

/** The whole character before an offset, with lone surrogates as they are; empty at the start. */
function characterBefore(text: string, offset: number): string {
  const low = text.charCodeAt(offset - 1);
  const isPair =
    low >= 0xdc00 && low <= 0xdfff && (text.charCodeAt(offset - 2) & 0xfc00) === 0xd800;
  return text.slice(Math.max(0, offset - (isPair ? 2 : 1)), offset);
}

/** Whether a word may end and another begin at this offset. */
function isBoundary(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return true;
  const next = String.fromCodePoint(text.codePointAt(offset)!);
  const isInPair =
    (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800 &&
    (text.charCodeAt(offset) & 0xfc00) === 0xdc00;
  if (isInPair || continuation.test(next) || text[offset - 1] === '\u200d') return false;
  if (!letterOrDigit.test(next)) return true;
  const previous = characterBefore(text, offset);
  if (!letterOrDigit.test(previous) && !/\p{M}/u.test(previous)) return true;
  return unspaced.test(previous) || unspaced.test(next);
}

/** Whether a stretch of a text is made of whole words, and of whole numbers: "5" is not in "5.30", "don" not in "don't". */
export function isOnBoundaries(text: string, start: number, end: number): boolean {
  if (!isBoundary(text, start) || !isBoundary(text, end)) return false;
  if (digit.test(text[end - 1]!) && /^[.,:/][0-9]/.test(text.slice(end, end + 2))) return false;
  if (digit.test(text[start]!) && /[0-9][.,:/]$/.test(text.slice(Math.max(0, start - 2), start)))
    return false;
  return !(
    letterOrDigit.test(text[end - 1]!) && /^['’](?!s(?!\p{L}))\p{L}/u.test(text.slice(end, end + 3))
  );
}
