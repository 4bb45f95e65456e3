import { type EmptyForm, emptyForms } from '../../../shared/domain/form/empty-form.ts';
import type { Form, Slot } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { AnsweredRow } from './gather-rows.ts';

/** How the rows write a slot without a value, slot by slot, where the schema leaves the choice. */
export function learnEmptyForms(form: Form, rows: readonly AnsweredRow[]): EmptyForm[] {
  const counts = form.slots.map(() => ({ omit: 0, null: 0, list: 0 }));
  for (const { output, filled } of rows)
    for (const slot of form.frames[filled.frame]?.slots ?? []) {
      const found = emptyFormOf(
        form.hasNone ? get(output, ['arguments']) : output,
        form.slots[slot]!.path,
      );
      if (found) counts[slot]![found]++;
    }
  return form.slots.map((slot, index) => {
    const own = counts[index]!;
    return emptyForms
      .filter((empty) => isAllowed(slot, empty))
      .reduce((best, empty) => (own[empty] > own[best] ? empty : best));
  });
}

function isAllowed({ isNullable, isList, limits }: Slot, empty: EmptyForm): boolean {
  if (empty === 'null') return isNullable;
  return empty === 'omit' || (isList && (limits?.minItems ?? 0) === 0);
}

/** Undefined where there is a value. */
function emptyFormOf(object: Json | undefined, path: readonly string[]): EmptyForm | undefined {
  const value = get(object, path);
  if (value === undefined) return 'omit';
  if (value === null) return 'null';
  return Array.isArray(value) && value.length === 0 ? 'list' : undefined;
}

function get(object: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (part, name) =>
      typeof part === 'object' && part !== null && !Array.isArray(part) && Object.hasOwn(part, name)
        ? (part as { readonly [key: string]: Json })[name]
        : undefined,
    object,
  );
}
