import type { Oddity } from './oddity.ts';

/** What Windows-1252 has at 0x80 to 0x9F, in order; `\0` where it has nothing. */
const windows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const byteOf = new Map([...windows].map((character, i) => [character, 0x80 + i]));
for (let byte = 0x80; byte <= 0xff; byte++)
  if (!byteOf.has(String.fromCharCode(byte))) byteOf.set(String.fromCharCode(byte), byte);

/** Runs of characters that may be the bytes of UTF-8, read one by one: "Ã©" for "é". A space behind × is none. */
const highRuns = new RegExp(
  `(?!×\\u00A0)[\\u00C2-\\u00F4][\\u0080-\\u00BF${windows.replace(/[\u0080-\u009f]/g, '')}]{1,3}`,
  'gu',
);
const utf8 = new TextDecoder('utf-8', { fatal: true });
const lost = /\uFFFD+/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+/;
const entity = /&(?:amp|quot|apos|lt|gt|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,5});/i;
const escaped = /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const mayBeDamaged = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xf4\uFFFD]|&[a-z#]|\\[ux]/i;

/** Characters that a wrong encoding, or one too many, has spoilt. */
export function findDamage(text: string): Oddity[] {
  if (!mayBeDamaged.test(text)) return [];
  const found: Oddity[] = [];
  const add = (score: number, reason: string, start: number, length: number) =>
    found.push({
      kind: 'damage',
      score,
      reason,
      place: { kind: 'damage', start, end: start + length },
    });
  for (const { 0: run, index } of text.matchAll(highRuns)) {
    const meant = decode(run);
    if (meant === undefined) continue;
    add(
      0.1,
      `“${run}” stands for “${meant}”: the text was read in a wrong encoding.`,
      index,
      run.length,
    );
    break;
  }
  const gone = lost.exec(text);
  if (gone)
    add(0.15, 'Characters were lost when the text was read (�).', gone.index, gone[0].length);
  const controls = control.exec(text);
  if (controls && found.length === 0)
    add(0.25, 'The text holds control characters.', controls.index, controls[0].length);
  const written = entity.exec(text) ?? escaped.exec(text);
  if (written)
    add(
      0.4,
      `“${written[0]}” is the code of a character, not the character.`,
      written.index,
      written[0].length,
    );
  return found;
}

/** The character whose bytes a run shows; undefined when it shows none. */
function decode(run: string): string | undefined {
  const bytes = Uint8Array.from(run, (character) => byteOf.get(character) ?? 0);
  // A run may be followed by something else: the first character counts.
  const length = bytes[0]! >= 0xf0 ? 4 : bytes[0]! >= 0xe0 ? 3 : 2;
  try {
    return bytes.length < length ? undefined : utf8.decode(bytes.subarray(0, length));
  } catch {
    return undefined;
  }
}
