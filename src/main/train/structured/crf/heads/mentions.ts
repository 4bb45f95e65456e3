import type { Json } from '../../../../../shared/domain/json.ts';
import { numbers } from '../../../../values/tables/english.ts';
import type { FormPlan, SlotPlan } from '../../structured-student.ts';
import { SIGN } from '../../words/code-points.ts';
import { createFormReader } from '../../words/forms.ts';
import { splitWords, type Words } from '../../words/words.ts';
import { countColumns, type Head } from './heads.ts';

/** For the answer behind each column of the heads, the ways to name it, each as hashes of words; none for "absent". */
export type AnswerNames = readonly (readonly (readonly number[])[])[];

/** Words `from` up to `to` name the answer. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** How a text names an answer. */
export interface Mention {
  readonly places: readonly Place[];
  /** The largest share of a name's words that stand anywhere in the text, in [0, 1]. */
  readonly share: number;
}

/** Whether a slot's choices have names that a text may hold. */
export function hasNames(plan: SlotPlan): boolean {
  return (
    (plan.mode === 'choice' || plan.mode === 'choices') &&
    plan.choices.some((choice) => listNames(choice).length > 0)
  );
}

/** The names of each choice; signs such as the underscore of `credit_card` do not count. */
export function listAnswerNames(plan: FormPlan, heads: readonly Head[]): AnswerNames {
  const readWords = createNameReader();
  const answers: (readonly number[])[][] = Array.from({ length: countColumns(heads) }, () => []);
  for (const { slot, from } of heads) {
    const own = slot < 0 ? undefined : plan.slots[slot];
    if (own?.mode !== 'choice' && own?.mode !== 'choices') continue;
    own.choices.forEach((choice, i) => {
      answers[from + i] = listNames(choice).map((name) => readWords(splitWords(name)).hashes);
    });
  }
  return answers;
}

/** As it is written, in the plural that most languages of Europe have, and a small number as a word. */
function listNames(choice: Json): string[] {
  if (typeof choice !== 'string' && typeof choice !== 'number') return [];
  const name = String(choice);
  const words = Object.keys(numbers).filter((word) => String(numbers[word]![0]) === name);
  if (words.length > 0) return [name, ...words];
  return /\p{L}/u.test(name) ? [name, `${name}s`] : /\d/.test(name) ? [name] : [];
}

/** The words that are no signs: their hashes and which of all words they are. */
function createNameReader(): (words: Words) => { hashes: number[]; positions: number[] } {
  const readForms = createFormReader();
  return (words) => {
    const { hashes } = readForms(words);
    const positions = [...hashes.keys()].filter((w) => words.kinds[w] !== SIGN);
    return { hashes: positions.map((w) => hashes[w]!), positions };
  };
}

/** Shared, since most texts name few of what may be thousands of answers. */
const unmentioned: Mention = { places: [], share: 0 };

/** Tells for each column how a text names its answer. Shapes: result [columns]. */
export function createMentionReader(answers: AnswerNames): (words: Words) => readonly Mention[] {
  const readWords = createNameReader();
  const none = answers.map(() => unmentioned);
  if (answers.every((names) => names.length === 0)) return () => none;
  return (words) => {
    const { hashes, positions } = readWords(words);
    const present = new Set(hashes);
    return answers.map((names) => {
      const share = names.reduce((most, name) => Math.max(most, shareOf(name, present)), 0);
      if (share === 0) return unmentioned;
      return { places: names.flatMap((name) => findPlaces(hashes, positions, name)), share };
    });
  };
}

function shareOf(name: readonly number[], present: ReadonlySet<number>): number {
  if (name.length === 0) return 0;
  return name.filter((word) => present.has(word)).length / name.length;
}

function findPlaces(
  hashes: readonly number[],
  positions: readonly number[],
  name: readonly number[],
): Place[] {
  const places: Place[] = [];
  if (name.length === 0) return places;
  for (let i = 0; i + name.length <= hashes.length; i++)
    if (name.every((word, n) => hashes[i + n] === word))
      places.push({ from: positions[i]!, to: positions[i + name.length - 1]! + 1 });
  return places;
}
