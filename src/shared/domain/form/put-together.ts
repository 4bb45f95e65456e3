import type { Json } from '../json.ts';
import type { EmptyForm } from './empty-form.ts';
import { fewestValues } from './fewest-values.ts';
import type { FilledForm, Form } from './form.ts';
import { isPresent, listPresent } from './present-objects.ts';

/**
 * The output that a filled form stands for, properties in the schema's order. Of a slot that is not a list the first
 * value counts. `empty` says, slot by slot, what an empty one looks like; `neutral` what stands for a value that is
 * missing (`findMissing`), without which such a slot is left out. Objects that must be there are.
 */
export function putTogether(
  form: Form,
  { frame: index, values }: FilledForm,
  empty: readonly EmptyForm[],
  neutral: readonly (Json | undefined)[] = [],
): Json {
  const frame = form.frames[index];
  if (!frame) return null;
  const object: Record<string, Json> = {};
  const present = listPresent(form, frame, values, empty);
  const needed = new Set([...frame.required, ...present.flatMap(({ required }) => required)]);
  for (const slot of frame.slots) {
    const { path } = form.slots[slot]!;
    const value = toProperty(slot);
    const isAround = isPresent(path.slice(0, -1), present);
    if (value !== undefined && isAround) set(object, path, value);
  }
  for (const { path, isRequired, isNullable } of frame.objects) {
    if (isPresent(path, present)) reach(object, path);
    else if (isRequired && isNullable && isPresent(path.slice(0, -1), present))
      set(object, path, null);
  }
  return form.hasNone ? { name: frame.name, arguments: object } : object;

  function toProperty(slot: number): Json | undefined {
    const about = form.slots[slot]!;
    const own = values.flatMap((one) =>
      one.slot === slot && one.value !== null ? [one.value] : [],
    );
    const fewest = needed.has(slot) ? fewestValues(about) : 0;
    if (own.length < fewest)
      return about.isList ? padList(own, neutral[slot], fewest) : neutral[slot];
    if (own.length > 0) return about.isList ? own : own[0];
    if (empty[slot] === 'list') return [];
    if (empty[slot] === 'null') return null;
    if (!needed.has(slot)) return undefined;
    return about.isNullable ? null : [];
  }
}

/** Values that are there, and after them as many that say nothing as the schema wants. */
function padList(own: readonly Json[], neutral: Json | undefined, fewest: number): Json {
  const fill = Array.isArray(neutral) ? (neutral as readonly Json[]) : [];
  const isRepeated = new Set(fill).size < fill.length;
  return [...own, ...fill.filter((value) => isRepeated || !own.includes(value))].slice(0, fewest);
}

function set(object: Record<string, Json>, path: readonly string[], value: Json): void {
  define(reach(object, path.slice(0, -1)), path.at(-1)!, value);
}

/** The object at a path, which is made where it is not there yet. */
function reach(object: Record<string, Json>, path: readonly string[]): Record<string, Json> {
  let inner = object;
  for (const name of path) {
    if (!Object.hasOwn(inner, name)) define(inner, name, {});
    inner = inner[name] as Record<string, Json>; // an object that this function made
  }
  return inner;
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
