import type { Json } from '../json.ts';
import type { FilledForm, Form } from './form.ts';

/** What stands where a slot of the frame has no value: nothing at all, null, or an empty list. */
export const emptyForms = ['omit', 'null', 'list'] as const;
export type EmptyForm = (typeof emptyForms)[number];

/**
 * The output that a filled form stands for, properties in the schema's order. Of a slot that is not a list the first
 * value counts. `empty` says, slot by slot, what an empty one looks like.
 */
export function putTogether(
  form: Form,
  { frame: index, values }: FilledForm,
  empty: readonly EmptyForm[],
): Json {
  const frame = form.frames[index];
  if (!frame) return null;
  const object: Record<string, Json> = {};
  for (const slot of frame.slots) {
    const { path, isList } = form.slots[slot]!;
    const own = values.filter((value) => value.slot === slot && value.value !== null);
    if (own.length > 0) set(object, path, isList ? own.map(({ value }) => value) : own[0]!.value);
    else if (empty[slot] === 'list') set(object, path, []);
    else if (empty[slot] === 'null') set(object, path, null);
  }
  return form.hasNone ? { name: frame.name, arguments: object } : object;
}

/** Required slots of the frame without a value: the output is then incomplete, and a person's or a teacher's. */
export function findMissing(form: Form, { frame, values }: FilledForm): number[] {
  const given = new Set(values.filter(({ value }) => value !== null).map(({ slot }) => slot));
  return (form.frames[frame]?.required ?? []).filter(
    (slot) => !given.has(slot) && !form.slots[slot]!.isNullable,
  );
}

function set(object: Record<string, Json>, path: readonly string[], value: Json): void {
  let inner = object;
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(inner, name)) define(inner, name, {});
    inner = inner[name] as Record<string, Json>; // an object that this function made
  }
  define(inner, path.at(-1)!, value);
}

/** A property of its own even when it is called `__proto__`. */
function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
