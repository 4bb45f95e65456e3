import type { LocatedValue } from '../../../shared/contract/form.ts';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import { findMissing } from '../../../shared/domain/form/find-missing.ts';
import type { Form, SlotType } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import { percent } from '../../lib/format.ts';

/** Values of these are inferred from the whole text as often as they stand in it. */
const inferredTypes: ReadonlySet<SlotType> = new Set(['enum', 'boolean']);

/** The fields of a record's answer that a person should look at first, by slot, and why. */
export function findDoubts(
  form: Form,
  { label, suggestion, doubtful = [] }: Pick<ReviewItem, 'label' | 'suggestion' | 'doubtful'>,
  located: readonly LocatedValue[],
): ReadonlyMap<number, string> {
  const doubts = new Map<number, string>();
  const given = label === undefined ? undefined : takeApart(form, label);
  if (!given) return doubts;
  for (const slot of findMissing(form, given)) doubts.set(slot, 'missing, and required');
  for (const { name, isThere, value } of located) {
    const slot = form.slots.findIndex((one) => one.name === name);
    const type = form.slots[slot]?.type;
    if (!isThere && value !== null && type && !inferredTypes.has(type))
      doubts.set(slot, 'not in the text');
  }
  const likelier = suggestion && takeApart(form, suggestion.output);
  if (likelier?.frame === given.frame) {
    const valuesOf = ({ values }: typeof given, slot: number) =>
      canonicalJson(values.filter((one) => one.slot === slot).map(({ value }): Json => value));
    for (const slot of form.frames[given.frame]?.slots ?? [])
      if (valuesOf(given, slot) !== valuesOf(likelier, slot))
        doubts.set(slot, 'suggested otherwise');
  }
  for (const { field, confidence } of doubtful) {
    const slot = form.slots.findIndex((one) => one.name === field);
    if (slot >= 0 && !doubts.has(slot))
      doubts.set(slot, `a student is only ${percent(confidence, 0)} sure`);
  }
  return doubts;
}
