import type { Rng } from '../../lib/rng.ts';
import { keepOutput, type LocalStrategy, protectedWords } from './strategy.ts';
import { changeWords, pick } from './words.ts';

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Letters beside each letter on a QWERTY keyboard, in its row and in those above and below. */
const neighbours = new Map(
  rows.flatMap((row, y) =>
    [...row].map((letter, x): [string, string] => {
      const beside = [row[x - 1], row[x + 1]];
      const above = [rows[y - 1]?.[x], rows[y - 1]?.[x + 1]];
      const below = [rows[y + 1]?.[x - 1], rows[y + 1]?.[x]];
      return [letter, [...beside, ...above, ...below].join('')];
    }),
  ),
);
/** One mistyped word for each so many characters. */
const CHARACTERS_PER_TYPO = 40;

/** Slips of the fingers: a neighbouring key, letters exchanged, doubled or left out. */
export const typos: LocalStrategy = {
  id: 'typos',
  title: 'Typing errors',
  explanation: 'A text with slips of the keyboard in one to four of its words; its label stays.',
  maker: 'rules',
  kinds: ['classify', 'extract', 'tools'],
  likeness: 'family',
  judged: 'seed',
  aim: keepOutput,
  make({ seed, output }, { task, rng }) {
    const { text } = seed.example;
    const count = 1 + rng.integer(1 + Math.min(3, Math.floor(text.length / CHARACTERS_PER_TYPO)));
    return changeWords(text, protectedWords(output, task), count, rng, (word) => slip(word, rng));
  },
};

function slip(word: string, rng: Rng): string {
  const letters = [...word];
  // The first letter is seldom mistyped, and a word without it is hard to read.
  const at = 1 + rng.integer(letters.length - 2);
  const letter = letters[at]!;
  const beside = neighbours.get(letter.toLowerCase());
  switch (rng.integer(beside ? 4 : 3)) {
    case 0:
      [letters[at], letters[at + 1]] = [letters[at + 1]!, letter];
      break;
    case 1:
      letters.splice(at, 1);
      break;
    case 2:
      letters.splice(at, 0, letter);
      break;
    default:
      letters[at] = pick([...beside!], rng);
  }
  return letters.join('');
}
