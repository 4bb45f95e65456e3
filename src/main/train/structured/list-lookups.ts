import type { Lookup } from '../../../shared/domain/lookup.ts';
import type { FormPlan } from './structured-student.ts';

/** The tables that a student's fields are filled from. */
export function listLookups({ form, slots }: FormPlan): Lookup[] {
  return slots.flatMap((plan, slot) => {
    if (plan.mode !== 'lookup') return [];
    const { table: name, keyColumn, valueColumn } = plan;
    const by = form.slots[plan.by]!.name;
    return { name, field: form.slots[slot]!.name, by, keyColumn, valueColumn };
  });
}
