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

const wordPattern = /[\p{L}\p{N}\p{M}'’]+|[^\p{L}\p{N}\s]/gu;
/** Pseudo-observations of the background in each slot's counts. */
const PRIOR = 2;

interface Word extends Span {
  readonly folded: string;
}

/** The word left of a span, the two words left of it, and the word right of it. */
function neighbours(
  words: readonly Word[],
  { start, end }: Span,
): readonly [string, string, string] {
  let left = -1;
  while (left + 1 < words.length && words[left + 1]!.end <= start) left++;
  const right = words.findIndex((word) => word.start >= end);
  const wordAt = (i: number, edge: string) => words[i]?.folded ?? edge;
  const leftWord = wordAt(left, '^');
  return [leftWord, `${wordAt(left - 1, '^')} ${leftWord}`, wordAt(right, '$')];
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

  const foldedOf = new Map<string, string>();
  const foldWord = (word: string) => {
    let folded = foldedOf.get(word);
    if (folded === undefined) {
      folded = fold(word);
      foldedOf.set(word, folded);
    }
    return folded;
  };
  // Rows are looked at one after the other.
  let last: { readonly text: string; readonly words: readonly Word[] } | undefined;
  const wordsOf = (text: string) => {
    if (last?.text !== text) {
      const words = Array.from(text.matchAll(wordPattern), ({ 0: word, index }) => ({
        start: index,
        end: index + word.length,
        folded: foldWord(word),
      }));
      last = { text, words };
    }
    return last.words;
  };

  return {
    meet(text) {
      const words = wordsOf(text);
      for (const { folded } of words) add(background, folded);
      add(background, '^');
      add(background, '$');
      wordCount += words.length + 1;
    },
    learn(text, slot, span) {
      let known = slots.get(slot);
      if (!known) {
        known = { total: 0, counts: [new Map(), new Map(), new Map()] };
        slots.set(slot, known);
      }
      known.total++;
      for (const [i, key] of neighbours(wordsOf(text), span).entries()) add(known.counts[i]!, key);
    },
    score(text, slot, span) {
      const { total, counts } = slots.get(slot) ?? { total: 0, counts: [] };
      const [left, leftPair, right] = neighbours(wordsOf(text), span);
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
