import type { Example } from '../../store/examples.ts';

const OPENING_WORDS = 3;
/** More words say nothing new about how rich they are. */
const MAX_WORDS = 20_000;
const MIN_WORDS = 500;

export const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];

/** The first words of a text; undefined where it has hardly more. */
export function openingOf(text: string): string | undefined {
  const words = wordsOf(text);
  return words.length > OPENING_WORDS ? words.slice(0, OPENING_WORDS).join(' ') : undefined;
}

/** How many rows begin alike. */
export function countOpenings(rows: readonly Example[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of rows) {
    const opening = openingOf(text);
    if (opening !== undefined) counts.set(opening, (counts.get(opening) ?? 0) + 1);
  }
  return counts;
}

/**
 * How rich synthetic texts are beside real ones: distinct pairs of words in equally many words of both, as a ratio; 1 is
 * as rich. Undefined where there are too few words.
 * @see Li et al. 2016, A Diversity-Promoting Objective Function for Neural Conversation Models (distinct-n)
 */
export function compareDiversity(
  synthetic: readonly Example[],
  real: readonly Example[],
): number | undefined {
  const made = pairsOf(synthetic);
  const own = pairsOf(real);
  const count = Math.min(made.length, own.length);
  if (count < MIN_WORDS) return undefined;
  const distinct = (pairs: readonly string[]) => new Set(pairs.slice(0, count)).size;
  return distinct(made) / distinct(own);
}

/** Pairs of neighbouring words, of texts from all over the rows. */
function pairsOf(rows: readonly Example[]): string[] {
  const pairs: string[] = [];
  // A step that has no part in common with the count reaches every row once.
  const step = rows.length % 7919 === 0 ? 7907 : 7919;
  for (let i = 0; i < rows.length && pairs.length < MAX_WORDS; i++) {
    const words = wordsOf(rows[(i * step) % rows.length]!.text);
    for (let j = 1; j < words.length; j++) pairs.push(`${words[j - 1]} ${words[j]}`);
  }
  return pairs;
}
