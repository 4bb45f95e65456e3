import { valueFromText } from '../../../shared/domain/form/value-from-text.ts';
import type { FindInTable } from '../../../shared/domain/lookup.ts';
import { fold } from '../../values/text/fold.ts';
import type { Reading } from './assemble.ts';
import type { FormPlan } from './structured-student.ts';

/**
 * What tables say of a frame's slots, each as sure as the key that it was looked up by. A key that a table does not
 * have, or has with two values, or with one that is none of the slot's, leaves a hole; without a key there is nothing
 * to look up. Adds to `holes`.
 */
export function fillFromTables(
  { form, slots }: FormPlan,
  frame: number,
  readings: readonly Reading[],
  find: FindInTable,
  holes: Set<number>,
): Reading[] {
  return (form.frames[frame]?.slots ?? []).flatMap((slot): Reading[] => {
    const plan = slots[slot]!;
    if (plan.mode !== 'lookup') return [];
    const key = readings.find((reading) => reading.slot === plan.by);
    if (!key) return [];
    const found = find(plan.table, fold(String(key.value)));
    const about = form.slots[slot]!;
    const value = found.length === 1 ? valueFromText(about, found[0]!) : undefined;
    if (value !== undefined) return [{ slot, name: about.name, value, confidence: key.confidence }];
    holes.add(slot);
    return [];
  });
}
