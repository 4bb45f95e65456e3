import type { FieldFigures } from '../../shared/contract/evaluate.ts';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { Form } from '../../shared/domain/form/form.ts';
import { takeApart } from '../../shared/domain/form/take-apart.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import { wilson } from '../lib/statistics/wilson.ts';
import type { Scored } from './scored.ts';

/**
 * How each field fares over all rows, in the form's order; fields that never occur are left out. Empty values count
 * for nothing; the items of a list count in any order; under another function than the right one no value is right.
 */
export function fieldFigures({ task, gold, answers }: Scored): FieldFigures[] {
  const form = compileForm(task);
  const counts = form.slots.map(() => ({ given: 0, answered: 0, right: 0 }));
  gold.forEach((key, row) => {
    const truth = valuesOf(form, key);
    const answer = valuesOf(form, answers[row]!.key);
    for (const { slot } of truth.values) counts[slot]!.given++;
    const left = truth.frame === answer.frame ? truth.values.map(nameOf) : [];
    for (const value of answer.values) {
      counts[value.slot]!.answered++;
      const at = left.indexOf(nameOf(value));
      if (at < 0) continue;
      left.splice(at, 1);
      counts[value.slot]!.right++;
    }
  });
  return counts.flatMap(({ given, answered, right }, slot): FieldFigures[] =>
    given + answered === 0
      ? []
      : [
          {
            name: form.slots[slot]!.name,
            given,
            answered,
            right,
            precision: answered === 0 ? null : wilson(right, answered),
            recall: given === 0 ? null : wilson(right, given),
            f1: (2 * right) / (given + answered),
          },
        ],
  );
}

const nameOf = ({ slot, value }: { readonly slot: number; readonly value: Json }) =>
  `${slot} ${canonicalJson(value)}`;

function valuesOf(form: Form, key: string) {
  // Keys are canonical JSON that Stillroom wrote itself. What does not fit the form has no values in it.
  const { frame, values } = takeApart(form, JSON.parse(key) as Json) ?? { frame: -1, values: [] };
  return { frame, values: values.filter(({ value }) => value !== null) };
}
