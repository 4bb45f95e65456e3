import { meaningWords } from '../tables/meaning.ts';
import { fold } from '../text/fold.ts';

/** A word of a reply. Units: UTF-16 units, `end` exclusive. */
export interface ReplyWord {
  readonly start: number;
  readonly end: number;
  /** The word without case, diacritics and the shape of quotes. */
  readonly key: string;
  /** It bears a fact or turns the meaning: replies that differ in it say different things. */
  readonly isWeighty: boolean;
  /** Written as a name is: with a capital letter, not at the start of a sentence. */
  readonly isName: boolean;
}

const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
const startsSentence = /(?:^|[.!?:;\n"“(*•-])\s*$/u;

/** What is short for two words, and the second of them. */
const shortened: readonly (readonly [RegExp, string])[] = [
  [/'ll$/, 'will'],
  [/'re$/, 'are'],
  [/'ve$/, 'have'],
  [/n't$/, 'not'],
  [/(?<=^can)not$/, 'not'],
];
const stems: Readonly<Record<string, string>> = { wo: 'will', ca: 'can', sha: 'shall' };

/** The words of a reply, without what stands between them; "can't" is two: "can" and "not". */
export function readReplyWords(text: string): ReplyWord[] {
  return Array.from(text.matchAll(wordPattern)).flatMap(({ 0: word, index: start }) => {
    const end = start + word.length;
    const key = fold(word);
    const isFirst = startsSentence.test(text.slice(Math.max(0, start - 8), start));
    const isName = !isFirst && /^\p{Lu}/u.test(word) && key !== 'i' && !key.startsWith("i'");
    const [ending, second] = shortened.find(([pattern]) => pattern.test(key)) ?? [];
    if (!ending || !second) return [toWord(start, end, key, isName)];
    const stem = key.replace(ending, '');
    const middle = Math.min(end, start + stem.length);
    return [toWord(start, middle, stems[stem] ?? stem, false), toWord(middle, end, second, false)];
  });
}

function toWord(start: number, end: number, key: string, isName: boolean): ReplyWord {
  return {
    start,
    end,
    key,
    isName,
    isWeighty: isName || /\p{N}/u.test(key) || meaningWords.has(key),
  };
}

const opposites = ['un', 'in', 'im', 'dis', 'non', 'de'];

/** Whether one word in place of another changes what is said: a weighty one, or one and its opposite. */
export function changesMeaning(a: ReplyWord, b: ReplyWord): boolean {
  if (a.isWeighty || b.isWeighty) return true;
  return opposites.some((prefix) => a.key === prefix + b.key || b.key === prefix + a.key);
}
