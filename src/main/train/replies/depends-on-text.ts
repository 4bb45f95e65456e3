import { fold } from '../../values/text/fold.ts';

/** A word is looked at when it stands in so many of the texts. */
const LEAST_TEXTS = 4;
/** How seldom chance alone may find a dependence where there is none, over all words together. */
const FALSE_ALARMS = 1e-3;

/**
 * Whether two sets of texts differ in some word more than chance explains: a χ² test of each word with Yates'
 * correction, of which the upper tail is below exp(-χ²/2), and Bonferroni's bound over the words.
 */
export function doTextsDiffer(a: readonly string[], b: readonly string[]): boolean {
  const [inA, inB] = [countWords(a), countWords(b)];
  const words = new Set([...inA.keys(), ...inB.keys()]);
  const candidates = [...words].filter(
    (word) => (inA.get(word) ?? 0) + (inB.get(word) ?? 0) >= LEAST_TEXTS,
  );
  const limit = 2 * Math.log(candidates.length / FALSE_ALARMS);
  return candidates.some(
    (word) => chiSquare(inA.get(word) ?? 0, a.length, inB.get(word) ?? 0, b.length) > limit,
  );
}

function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** N (|ad - bc| - N/2)² / ((a + b)(c + d)(a + c)(b + d)) of the texts with and without a word. */
function chiSquare(withA: number, allA: number, withB: number, allB: number): number {
  const total = allA + allB;
  const having = withA + withB;
  const lacking = total - having;
  if (having === 0 || lacking === 0) return 0;
  const gap = Math.abs(withA * (allB - withB) - withB * (allA - withA)) - total / 2;
  return gap <= 0 ? 0 : (total * gap ** 2) / (allA * allB * having * lacking);
}
