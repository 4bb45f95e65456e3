import type { Form, Slot } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Lookup } from '../../../shared/domain/lookup.ts';
import type { SlotReport } from '../../values/alignment.ts';
import type { FormPlan, SlotPlan } from './structured-student.ts';

/** From this share of its values found in the texts on, a slot is learnt as a stretch of the text. */
const FOUND_ENOUGH = 0.5;
/** Values that do not stand in the text are chosen among those seen, if they are few and come again. */
const MOST_CHOICES = 64;
const REPEATED_ENOUGH = 0.8;
const REPEATED = 2;

/**
 * Decides how each slot is given its value: from a table that was named for it; an enum or a yes or no by choice; anything else as a stretch of the text
 * where most values stand there, or by choice among the values seen where these come again; else not at all.
 */
export function planForm(
  form: Form,
  reports: readonly SlotReport[],
  lookups: readonly Lookup[],
): FormPlan {
  return {
    form,
    slots: form.slots.map(
      (slot, index) => planLookup(form, slot, lookups) ?? planSlot(slot, reports[index]),
    ),
  };
}

/** A table that fills a field goes before anything that could be learnt. */
function planLookup(
  { slots }: Form,
  { name }: Slot,
  lookups: readonly Lookup[],
): SlotPlan | undefined {
  const lookup = lookups.find(({ field }) => field === name);
  const by = slots.findIndex((slot) => slot.name === lookup?.by);
  if (!lookup || by < 0) return undefined;
  const { name: table, keyColumn, valueColumn } = lookup;
  return { mode: 'lookup', table, by, keyColumn, valueColumn };
}

function planSlot(
  { type, choices, isList, isQuoted }: Slot,
  report: SlotReport | undefined,
): SlotPlan {
  const choose = (values: readonly Json[]): SlotPlan => ({
    mode: isList ? 'choices' : 'choice',
    choices: values,
  });
  if (type === 'enum') return choose(choices);
  if (type === 'boolean') return choose([false, true]);
  if (!report || report.valueCount === 0) return { mode: 'unlearnable' };
  if (isQuoted || report.learnableShare >= FOUND_ENOUGH) return { mode: 'span' };
  const repeated = report.values.filter(({ count }) => count >= REPEATED);
  const covered = repeated.reduce((sum, { count }) => sum + count, 0) / report.valueCount;
  if (repeated.length <= MOST_CHOICES && covered >= REPEATED_ENOUGH)
    return choose(repeated.map(({ value }) => value));
  return report.learnableShare > 0 ? { mode: 'span' } : { mode: 'unlearnable' };
}
