import type { Json } from '../json.ts';
import type { Form } from './form.ts';
import { setAt } from './set-at.ts';

/** An output without the values of some slots: of those that are missing, say. `names` are slots' names. */
export function leaveOut(
  form: Pick<Form, 'slots' | 'hasNone'>,
  output: Json,
  names: readonly string[],
): Json {
  return form.slots.reduce<Json>(
    (rest, slot) =>
      names.includes(slot.name) ? setAt(rest, placeOf(form, slot), undefined) : rest,
    output,
  );
}

/** Where a slot's value stands in an output: property names from the outermost object on. */
export function placeOf(
  { hasNone }: Pick<Form, 'hasNone'>,
  { path }: Form['slots'][number],
): readonly string[] {
  return hasNone ? ['arguments', ...path] : path;
}
