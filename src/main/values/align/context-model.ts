import type { Span } from '../alignment.ts';
import { fold } from '../text/fold.ts';

/** What usually stands beside the values of each slot, learnt from those whose place is sure. */
export interface ContextModel {
  learn(text: string, slot: number, span: Span): void;
  /** Counts the words of a text as the background against which a context is unusual. */
  meet(text: string): void;
  /** Logarithm of how much likelier these neighbours are beside the slot's values than anywhere: sum of ln(P / P0). */
  score(text: string, slot: number, span: Span): number;
}

const lastWord = /(?:[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\s])\s*$/u;
const firstWord = /^\s*(?:[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\s])/u;
const anyWord = /[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\s]/gu;
const NEAR_UNITS = 48;
/** Pseudo-observations of the background in each slot's counts. */
const PRIOR = 2;

/** The word left of a span, the two words left of it, and the word right of it. */
function neighbours(text: string, { start, end }: Span): readonly [string, string, string] {
  const before = text.slice(Math.max(0, start - NEAR_UNITS), start);
  const left = lastWord.exec(before);
  const next = left && lastWord.exec(before.slice(0, left.index));
  const right = firstWord.exec(text.slice(end, end + NEAR_UNITS));
  const leftWord = left ? fold(left[0]) : '^';
  return [leftWord, `${next ? fold(next[0]) : '^'} ${leftWord}`, right ? fold(right[0]) : '$'];
}

export function createContextModel(): ContextModel {
  const background = new Map<string, number>();
  let wordCount = 0;
  const slots = new Map<
    number,
    { total: number; readonly counts: readonly Map<string, number>[] }
  >();
  const add = (counts: Map<string, number>, key: string) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);

  return {
    meet(text) {
      for (const [word] of text.matchAll(anyWord)) {
        add(background, fold(word));
        wordCount++;
      }
      add(background, '^');
      add(background, '$');
      wordCount++;
    },
    learn(text, slot, span) {
      let known = slots.get(slot);
      if (!known) {
        known = { total: 0, counts: [new Map(), new Map(), new Map()] };
        slots.set(slot, known);
      }
      known.total++;
      for (const [i, key] of neighbours(text, span).entries()) add(known.counts[i]!, key);
    },
    score(text, slot, span) {
      const { total, counts } = slots.get(slot) ?? { total: 0, counts: [] };
      const [left, leftPair, right] = neighbours(text, span);
      const share = (word: string) => ((background.get(word) ?? 0) + 1) / (wordCount + 1);
      const probability = (i: number, key: string, prior: number) =>
        ((counts[i]?.get(key) ?? 0) + PRIOR * prior) / (total + PRIOR);
      const leftGiven = probability(0, left, share(left));
      // Witten-Bell in spirit: the pair of words leans on the word.
      const word = leftPair.slice(0, leftPair.lastIndexOf(' '));
      const pairGiven = probability(1, leftPair, leftGiven * share(word));
      return (
        Math.log(pairGiven / (share(left) * share(word))) +
        Math.log(probability(2, right, share(right)) / share(right))
      );
    },
  };
}
