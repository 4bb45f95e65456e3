import { foldTables } from '../tables/folding.ts';

/** A folded text that knows where each of its units came from. */
export interface FoldedText {
  readonly text: string;
  /** Offsets in the source of the first and past the last unit behind each unit of `text`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const replacements = new Map(Object.entries(foldTables.replaced));
const foldedOf = new Map<string, string>();

/** One character (code point) without case, compatibility forms and diacritics; empty for a mark. */
export function foldCharacter(character: string): string {
  const known = foldedOf.get(character);
  if (known !== undefined) return known;
  const replaced = replacements.get(character);
  if (replaced !== undefined) return replaced;
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    const point = part.codePointAt(0)!;
    if (foldTables.dropped.some(([first, last]) => point >= first && point <= last)) continue;
    folded += replacements.get(part) ?? part;
  }
  // Few characters occur in all texts; a hostile text must not fill the memory.
  if (foldedOf.size < 10_000) foldedOf.set(character, folded);
  return folded;
}

/** Folding changes nothing but case here: ASCII without control characters and backtick. */
const plain = /^[ -_a-~]*$/;

/** A text without case, diacritics and the shapes of quotes and dashes; white space as single spaces, none at the ends. */
export function fold(text: string): string {
  let folded = '';
  if (plain.test(text)) folded = text.toLowerCase();
  else for (const character of text) folded += foldCharacter(character);
  return folded.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

const isWordUnit = /[\p{L}\p{N}\p{M}\uD800-\uDFFF]/v;

/**
 * As `fold`, with the place of each unit; and a space remains only between two words, so that "R & B" is "r&b" and
 * "Mr.  Jones" is "mr.jones".
 */
export function foldWithPlaces(source: string): FoldedText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let hasGap = false;
  let offset = 0;
  for (const character of source) {
    const end = offset + character.length;
    const folded = foldCharacter(character);
    if (folded === '' && ends.length > 0 && !hasGap) ends[ends.length - 1] = end;
    for (const unit of folded === '' ? [] : folded.split('')) {
      if (unit === ' ') {
        hasGap = true;
        continue;
      }
      if (hasGap && text !== '' && isWordUnit.test(text.at(-1)!) && isWordUnit.test(unit)) {
        text += ' ';
        starts.push(ends.at(-1)!);
        ends.push(offset);
      }
      hasGap = false;
      text += unit;
      starts.push(offset);
      ends.push(end);
    }
    offset = end;
  }
  return { text, starts, ends };
}
