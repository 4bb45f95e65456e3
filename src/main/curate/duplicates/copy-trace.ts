import { foldSynonyms, withoutPadding } from './canonical.ts';
import { tokenize } from './normalise.ts';
import { isOneMove } from './one-move.ts';
import { editDistance } from './typo.ts';
import { contractions, fillers, lightWords } from './words.ts';

/** How often each word occurs in the data at hand. */
export type WordCounts = ReadonlyMap<string, number>;

export function countWords(texts: readonly string[]): WordCounts {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of tokenize(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const MAX_LETTER_EDITS = 2;
const LETTERS_PER_EDIT = 8;
const MAX_RARE = 2;
const MAX_UNUSUAL = 30;
const RARE_FACTOR = 8;
const MAX_SYNONYM_WORDS = 3;
const contracted = new Set(
  contractions.flat().flatMap((spelling) => (spelling.length === 1 ? spelling : [])),
);

/**
 * How a text was made from another one by copying it and changing one word or a few letters: '' when nothing was
 * changed, undefined when people may well have written both. People vary grammar ("is", "was"; "a", "my"; "don't",
 * "do not"); copying leaves slips of the keys, lost small words, added padding, exchanged neighbours.
 */
export function traceOfCopy(
  copy: string,
  original: string,
  counts: WordCounts,
): string | undefined {
  const a = tokenize(copy);
  const b = tokenize(original);
  const added = difference(a, b);
  const lost = difference(b, a);
  const words = [...added, ...lost];
  if (words.length === 0) {
    if (a.join(' ') === b.join(' ')) return '';
    return isOneMove(a, b) ? 'order' : undefined;
  }
  if (words.every((word) => fillers.has(word)))
    return added.length <= 1 && lost.length <= 1 ? `+ ${words.join(' ')}` : undefined;
  if (added.length === 0 && lost.length === 1 && lightWords.has(lost[0]!)) return `- ${lost[0]}`;
  if (digitsOf(added) !== digitsOf(lost)) return undefined;
  const isSynonym =
    added.length > 0 &&
    words.length <= MAX_SYNONYM_WORDS &&
    !words.some((word) => contracted.has(word) || fillers.has(word)) &&
    fold(a) === fold(b);
  if (isSynonym) return `${lost.join(' ')} -> ${added.join(' ')}`;
  return isSlip(a, b, added, lost, counts) ? `${lost.join(' ')} ~ ${added.join(' ')}` : undefined;
}

const fold = (words: readonly string[]): string => foldSynonyms(withoutPadding(words)).join(' ');

const digitsOf = (words: readonly string[]): string => words.join('').replace(/\P{N}/gu, '');

function difference(a: readonly string[], b: readonly string[]): string[] {
  const rest = [...b];
  return a.filter((word) => {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** A few letters differ, and they make words that the data hardly knows of words that it knows well. */
function isSlip(
  a: readonly string[],
  b: readonly string[],
  added: readonly string[],
  lost: readonly string[],
  counts: WordCounts,
): boolean {
  if (added.length === 0 || lost.length === 0 || fold(a) === fold(b)) return false;
  const [x, y] = [a.join(' '), b.join(' ')];
  // A lost space counts as a letter, too.
  const most = MAX_LETTER_EDITS + (a.length === b.length ? 0 : 1);
  const limit = Math.min(most, Math.floor(Math.max(x.length, y.length) / LETTERS_PER_EDIT));
  if (editDistance(x, y, limit) > limit) return false;
  const rarest = (words: readonly string[]) =>
    Math.min(...words.map((word) => counts.get(word) ?? 0));
  const [odd, usual] = [rarest(added), rarest(lost)];
  return odd <= MAX_RARE || (odd <= MAX_UNUSUAL && odd * RARE_FACTOR <= usual);
}
