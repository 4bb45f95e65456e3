import type { Rng } from '../../lib/rng.ts';
import { keepOutput, type LocalStrategy, protectedWords } from './strategy.ts';
import { changeWords, pick } from './words.ts';

/** Letters of other alphabets that look like Latin ones. @see Unicode Technical Standard 39, confusables */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  A: 'Α',
  B: 'В',
  E: 'Ε',
  H: 'Η',
  I: 'Ι',
  K: 'Κ',
  M: 'Μ',
  O: 'Ο',
  P: 'Ρ',
  T: 'Τ',
};
/** Zero-width space, joiner and non-joiner, soft hyphen. */
const invisible = ['\u200b', '\u200d', '\u200c', '\u00ad'];
const FULL_WIDTH_OFFSET = 0xfee0;
const WORDS = 3;

type Disguise = (word: string, rng: Rng) => string;

const disguises: readonly Disguise[] = [
  (word) => [...word].map((letter) => lookAlikes[letter] ?? letter).join(''),
  (word, rng) => {
    const at = 1 + rng.integer(word.length - 1);
    return word.slice(0, at) + pick(invisible, rng) + word.slice(at);
  },
  (word) =>
    word.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + FULL_WIDTH_OFFSET)),
  (word) => word.normalize('NFD'),
  (word) => word.toUpperCase(),
  (word, rng) =>
    [...word].map((letter) => (rng.integer(2) ? letter.toUpperCase() : letter)).join(''),
];

/** The same words in other characters: look-alikes, invisible signs, full width, odd capitals. */
export const unicode: LocalStrategy = {
  id: 'unicode',
  title: 'Unicode',
  explanation:
    'A text with up to three words in look-alike letters, with invisible signs in them, in full width or in odd capitals; its label stays.',
  maker: 'rules',
  kinds: ['classify', 'extract', 'tools'],
  likeness: 'family',
  judged: 'seed',
  aim: keepOutput,
  make({ seed, output }, { task, rng }) {
    const disguise = pick(disguises, rng);
    return changeWords(seed.example.text, protectedWords(output, task), WORDS, rng, (word) =>
      disguise(word, rng),
    );
  },
};
