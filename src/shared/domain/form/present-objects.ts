import type { EmptyForm } from './empty-form.ts';
import { fewestValues } from './fewest-values.ts';
import type { FilledForm, Form, Frame, NestedObject } from './form.ts';

/** Whether a path leads into an object or to it. */
export function isWithin(path: readonly string[], object: readonly string[]): boolean {
  return path.length >= object.length && object.every((name, i) => name === path[i]);
}

/**
 * The objects within an output that are there: those that hold a value, those that must be there, and those of which
 * `empty` says that their empty slots are written, unless that would call for a value that nobody gave.
 */
export function listPresent(
  { slots }: Pick<Form, 'slots'>,
  frame: Frame,
  values: FilledForm['values'],
  empty: readonly EmptyForm[],
): NestedObject[] {
  const given = new Set(values.filter(({ value }) => value !== null).map(({ slot }) => slot));
  const present: NestedObject[] = [];
  for (const object of frame.objects) {
    const { path, isRequired, isNullable } = object;
    const own = frame.slots.filter((slot) => isWithin(slots[slot]!.path, path));
    const isAround = isPresent(path.slice(0, -1), present);
    const isThere =
      own.some((slot) => given.has(slot)) ||
      (isAround && isRequired && !isNullable) ||
      (isAround && own.some((slot) => (empty[slot] ?? 'omit') !== 'omit') && isHarmless(object));
    if (isThere) present.push(object);
  }
  return present;

  /** Its being there asks for no value that is not there. */
  function isHarmless({ path, required }: NestedObject): boolean {
    return (
      required.every((slot) => given.has(slot) || fewestValues(slots[slot]!) === 0) &&
      frame.objects.every(
        (inner) =>
          inner.path.length !== path.length + 1 ||
          !isWithin(inner.path, path) ||
          !inner.isRequired ||
          inner.isNullable ||
          isHarmless(inner),
      )
    );
  }
}

/** Whether the object at a path is there; the frame's own always is. */
export function isPresent(path: readonly string[], present: readonly NestedObject[]): boolean {
  return (
    path.length === 0 ||
    present.some((object) => object.path.length === path.length && isWithin(path, object.path))
  );
}
