import type { Lookup } from '../../../shared/domain/lookup.ts';
import type { FormPlan } from './structured-student.ts';

/** The tables that a student's fields are filled from. */
export function listLookups(plan: FormPlan): Lookup[] {
  return [...plan.slots.keys()].flatMap((slot) => lookupOf(plan, slot) ?? []);
}

/** The table that a slot is filled from; undefined for none. */
export function lookupOf({ form, slots }: FormPlan, slot: number): Lookup | undefined {
  const plan = slots[slot];
  if (plan?.mode !== 'lookup') return undefined;
  const { table: name, keyColumn, valueColumn } = plan;
  const by = form.slots[plan.by]!.name;
  return { name, field: form.slots[slot]!.name, by, keyColumn, valueColumn };
}
