import { valueFromText } from '../../../shared/domain/form/value-from-text.ts';
import type { FindInTable } from '../../../shared/domain/lookup.ts';
import { fold } from '../../values/text/fold.ts';
import { lookupOf } from './list-lookups.ts';
import type { Reading } from './reading.ts';
import type { FormPlan } from './structured-student.ts';

/**
 * What tables say of a frame's slots, each as sure as the key that it was looked up by. A key that a table does not
 * have, or has with two values, or with one that is none of the slot's, leaves a hole; without a key there is nothing
 * to look up. Adds to `holes`.
 */
export function fillFromTables(
  plan: FormPlan,
  frame: number,
  readings: readonly Reading[],
  find: FindInTable,
  holes: Set<number>,
): Reading[] {
  const { form, slots } = plan;
  return (form.frames[frame]?.slots ?? []).flatMap((slot): Reading[] => {
    const how = slots[slot]!;
    const lookup = lookupOf(plan, slot);
    if (how.mode !== 'lookup' || !lookup) return [];
    const key = readings.find((reading) => reading.slot === how.by);
    if (!key) return [];
    const found = find(lookup, fold(String(key.value)));
    const about = form.slots[slot]!;
    const value = found.length === 1 ? valueFromText(about, found[0]!) : undefined;
    if (value !== undefined) return [{ slot, name: about.name, value, confidence: key.confidence }];
    holes.add(slot);
    return [];
  });
}
