import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { hashWord } from './hash-word.ts';
import { tokenize } from './normalise.ts';
import {
  contractions,
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
  readonly texts: readonly string[];
  readonly count: number;
  /** Word numbers of text i are `tokens[starts[i] .. starts[i + 1])`. */
  readonly tokens: Int32Array;
  readonly starts: Uint32Array;
  readonly words: readonly string[];
  /** Per word number. */
  readonly roles: Uint8Array;
  /** A hash of each text's words as they stand, whatever their order. */
  readonly bags: Uint32Array;
  /** Hashes of each text's first and last letters, spaces left out; 0 for a text too short. */
  readonly beginnings: Uint32Array;
  readonly endings: Uint32Array;
  /** How many times each word number occurs. */
  readonly frequencies: Uint32Array;
}

const EDGE_LETTERS = 14;
const MIN_LETTERS = 20;

/** Tokenises texts, drops padding ("hello there", "please advise"), folds synonyms and numbers the words. */
export async function canonicalise(texts: readonly string[], work: Work): Promise<CanonicalTexts> {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const frequencies: number[] = [];
  const starts = new Uint32Array(texts.length + 1);
  let tokens = new Int32Array(Math.max(16, texts.length * 12));
  const bags = new Uint32Array(texts.length);
  const beginnings = new Uint32Array(texts.length);
  const endings = new Uint32Array(texts.length);
  let used = 0;

  for (let i = 0; i < texts.length; i++) {
    if (i % 4096 === 0) {
      throwIfCancelled(work.signal);
      await yieldToEvents();
    }
    const raw = tokenize(texts[i]!);
    bags[i] = raw.reduce((sum, word) => (sum + hashWord(word)) >>> 0, 0);
    const letters = raw.join('');
    if (letters.length >= MIN_LETTERS) {
      beginnings[i] = hashWord(letters.slice(0, EDGE_LETTERS));
      endings[i] = hashWord(letters.slice(-EDGE_LETTERS));
    }
    const folded = foldSynonyms(withoutPadding(raw));
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
    texts,
    count: texts.length,
    tokens: tokens.subarray(0, used),
    starts,
    words,
    bags,
    beginnings,
    endings,
    roles: Uint8Array.from(words, roleOf),
    frequencies: Uint32Array.from(frequencies),
  };
}

/** The words without greetings and padding, unless there is nothing else. */
export function withoutPadding(words: readonly string[]): readonly string[] {
  const bare = replacePhrases(words, padding);
  return bare.length === 0 ? words : bare;
}

/** The words with one word for each set of synonyms. */
export function foldSynonyms(words: readonly string[]): readonly string[] {
  return replacePhrases(words, sameMeaning);
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
  [...contractions, ...synonyms].flatMap(([to, ...others]) =>
    others.map((from) => ({ from, to: to! })),
  ),
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
