import { listNeeded } from '../../../shared/domain/form/find-missing.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import type { Reading } from './reading.ts';

/**
 * Values of lists as many and as different as the schema allows: what comes again where it may not is said already;
 * what is too much leaves a hole, and so does a list that is too short, unless it is needed and will be filled up. Adds to `holes`.
 */
export function fitLists(
  form: Form,
  frame: number,
  values: readonly Reading[],
  holes: Set<number>,
): Reading[] {
  const needed = new Set(listNeeded(form, { frame, values }));
  const kept = new Map<number, Reading[]>();
  for (const value of values) {
    const { limits } = form.slots[value.slot]!;
    const own = kept.get(value.slot) ?? [];
    kept.set(value.slot, own);
    if (limits?.hasUniqueItems && own.some((other) => other.value === value.value)) continue;
    if (own.length < (limits?.maxItems ?? Number.POSITIVE_INFINITY)) own.push(value);
    else holes.add(value.slot);
  }
  for (const [slot, own] of kept) {
    const { isNullable, limits } = form.slots[slot]!;
    const isFilledUp = needed.has(slot) && !isNullable;
    if (isFilledUp || own.length >= (limits?.minItems ?? 0)) continue;
    kept.delete(slot);
    holes.add(slot);
  }
  const all = new Set([...kept.values()].flat());
  return values.filter((value) => all.has(value));
}
