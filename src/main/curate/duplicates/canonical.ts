import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { tokenize } from './normalise.ts';
import {
  decisiveWords,
  determiners,
  fillerPhrases,
  fillers,
  isNumeric,
  lightWords,
  synonyms,
} from './words.ts';

/** What a word does in a sentence, as far as telling near-duplicates from hard negatives needs it. */
export const wordRoles = { content: 0, light: 1, determiner: 2, decisive: 3 } as const;
export type WordRole = (typeof wordRoles)[keyof typeof wordRoles];

/** Texts as sequences of word numbers, with padding removed and synonyms made one; typed arrays hold a million. */
export interface CanonicalTexts {
  readonly count: number;
  /** Word numbers of text i are `tokens[starts[i] .. starts[i + 1])`. */
  readonly tokens: Int32Array;
  readonly starts: Uint32Array;
  readonly words: readonly string[];
  /** Per word number. */
  readonly roles: Uint8Array;
  /** How many times each word number occurs. */
  readonly frequencies: Uint32Array;
}

/** Tokenises texts, drops padding ("hello there", "please advise"), folds synonyms and numbers the words. */
export async function canonicalise(texts: readonly string[], work: Work): Promise<CanonicalTexts> {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const frequencies: number[] = [];
  const starts = new Uint32Array(texts.length + 1);
  let tokens = new Int32Array(Math.max(16, texts.length * 12));
  let used = 0;

  for (let i = 0; i < texts.length; i++) {
    if (i % 4096 === 0) {
      throwIfCancelled(work.signal);
      await yieldToEvents();
    }
    const raw = tokenize(texts[i]!);
    const bare = replacePhrases(raw, padding);
    const folded = replacePhrases(bare.length === 0 ? raw : bare, sameMeaning);
    if (used + folded.length > tokens.length) tokens = grow(tokens, used + folded.length);
    for (const word of folded) {
      let number = numbers.get(word);
      if (number === undefined) {
        number = words.length;
        numbers.set(word, number);
        words.push(word);
        frequencies.push(0);
      }
      frequencies[number]!++;
      tokens[used++] = number;
    }
    starts[i + 1] = used;
  }
  return {
    count: texts.length,
    tokens: tokens.subarray(0, used),
    starts,
    words,
    roles: Uint8Array.from(words, roleOf),
    frequencies: Uint32Array.from(frequencies),
  };
}

function roleOf(word: string): WordRole {
  if (decisiveWords.has(word) || isNumeric(word)) return wordRoles.decisive;
  if (determiners.has(word)) return wordRoles.determiner;
  return lightWords.has(word) ? wordRoles.light : wordRoles.content;
}

function grow(tokens: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, tokens.length * 2));
  larger.set(tokens);
  return larger;
}

interface Phrase {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

type Phrases = ReadonlyMap<string, readonly Phrase[]>;

const padding = byFirstWord([
  ...fillerPhrases.map((from) => ({ from, to: [] })),
  ...Array.from(fillers, (word) => ({ from: [word], to: [] })),
]);
const sameMeaning = byFirstWord(
  synonyms.flatMap(([to, ...others]) => others.map((from) => ({ from, to: to! }))),
);

/** Phrases by their first word, the longest first. */
function byFirstWord(all: readonly Phrase[]): Phrases {
  const byFirst = new Map<string, Phrase[]>();
  for (const phrase of all) {
    const first = phrase.from[0]!;
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
  }
  for (const group of byFirst.values()) group.sort((a, b) => b.from.length - a.from.length);
  return byFirst;
}

function replacePhrases(tokens: readonly string[], phrases: Phrases): readonly string[] {
  const folded: string[] = [];
  for (let i = 0; i < tokens.length; ) {
    const phrase = phrases.get(tokens[i]!)?.find(({ from }) => startsWith(tokens, i, from));
    if (!phrase) folded.push(tokens[i++]!);
    else {
      for (const word of phrase.to) folded.push(word);
      i += phrase.from.length;
    }
  }
  return folded;
}

function startsWith(tokens: readonly string[], at: number, phrase: readonly string[]): boolean {
  for (let i = 0; i < phrase.length; i++) if (tokens[at + i] !== phrase[i]) return false;
  return true;
}
