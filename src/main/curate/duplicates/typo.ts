/**
 * Number of single-character insertions, deletions, substitutions and swaps of neighbours between two words, or
 * `limit + 1` as soon as it must exceed the limit (restricted Damerau-Levenshtein).
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const width = b.length + 1;
  let beforeLast = new Int32Array(width);
  let last = Int32Array.from({ length: width }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = new Int32Array(width);
    row[0] = i;
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      const isSwap =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

export interface WordUse {
  readonly word: string;
  /** How often the word occurs in the data at hand. */
  readonly frequency: number;
  /** Whether the word is known to carry a decision, such as a day or "not". */
  readonly isKnown: boolean;
}

const RARE_FACTOR = 8;
const MAX_RARE = 2;

/**
 * Whether one word looks like a mistyping of the other: few edits for its length, and not two words that are both
 * in use, since "card" and "cart" differ by one letter, too. Digits are never mistyped: another number is another fact.
 */
export function isTypo(a: WordUse, b: WordUse): boolean {
  if (a.isKnown && b.isKnown) return false;
  if (digitsOf(a.word) !== digitsOf(b.word)) return false;
  const longer = Math.max(a.word.length, b.word.length);
  const limit = longer >= 6 ? 2 : 1;
  const distance = editDistance(a.word, b.word, limit);
  if (distance > limit) return false;
  const rare = Math.min(a.frequency, b.frequency);
  const common = Math.max(a.frequency, b.frequency);
  if (rare * RARE_FACTOR <= common) return true;
  const isOfKnown = a.isKnown !== b.isKnown && longer === 3 && distance === 1;
  return rare <= MAX_RARE && (longer >= 4 * distance || isOfKnown);
}

function digitsOf(word: string): string {
  return /\d/.test(word) ? word.replace(/\D/g, '') : '';
}
