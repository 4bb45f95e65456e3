import type { Json } from '../../../../../shared/domain/json.ts';
import type { FormPlan } from '../../structured-student.ts';
import { SIGN } from '../../words/code-points.ts';
import { createFormReader } from '../../words/forms.ts';
import { splitWords } from '../../words/words.ts';
import { countColumns, type Head } from './heads.ts';

/** For the answer behind each column of the heads, the words that would name it, as hashes; none for "absent". */
export type AnswerWords = readonly (readonly number[])[];

/** The words of each choice; signs such as the underscore of `credit_card` do not count. */
export function listAnswerWords(plan: FormPlan, heads: readonly Head[]): AnswerWords {
  const hashWords = createWordHasher();
  const answers: number[][] = Array.from({ length: countColumns(heads) }, () => []);
  for (const { slot, from } of heads) {
    const own = slot < 0 ? undefined : plan.slots[slot];
    if (own?.mode === 'choice' || own?.mode === 'choices')
      own.choices.forEach((choice, i) => {
        answers[from + i] = hashWords(nameOf(choice));
      });
  }
  return answers;
}

function nameOf(choice: Json): string {
  return typeof choice === 'string' || typeof choice === 'number' ? String(choice) : '';
}

function createWordHasher(): (text: string) => number[] {
  const readForms = createFormReader();
  return (text) => {
    const words = splitWords(text);
    return [...readForms(words).hashes].filter((_, w) => words.kinds[w] !== SIGN);
  };
}

/** Tells for each column which share of its answer's words stands in a text, in [0, 1]. Shapes: result [columns]. */
export function createMentionReader(answers: AnswerWords): (text: string) => Float32Array {
  const hashWords = createWordHasher();
  return (text) => {
    const present = new Set(hashWords(text));
    return Float32Array.from(answers, (words) =>
      words.length === 0 ? 0 : words.filter((word) => present.has(word)).length / words.length,
    );
  };
}
