import { findMissing } from '../../../shared/domain/form/find-missing.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { placeOf } from '../../../shared/domain/form/leave-out.ts';
import { setAt } from '../../../shared/domain/form/set-at.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Prediction } from '../../../shared/domain/prediction.ts';

/**
 * A reading beside an output that someone gave, with that one's values where a table filled it, or none: what is made of
 * such a reading (a suggestion, then a label, a prompt, an export) then holds nothing of a table. `filled` are names of
 * slots.
 */
export function keepGiven(
  form: Form,
  filled: ReadonlySet<string>,
  given: Json,
  reading: Prediction,
): Prediction {
  const frame = takeApart(form, reading.output)?.frame ?? form.frames.length;
  const slots = (form.frames[frame]?.slots ?? []).filter((slot) =>
    filled.has(form.slots[slot]!.name),
  );
  if (slots.length === 0) return reading;
  const own = takeApart(form, given)?.values ?? [];
  const output = slots.reduce<Json>((value, slot) => {
    const kept = own.find((one) => one.slot === slot)?.value;
    return setAt(value, placeOf(form, form.slots[slot]!), kept);
  }, reading.output);
  const { fields = [], missing = [] } = reading;
  const lacking = findMissing(form, takeApart(form, output)!) // of the same frame as before
    .filter((slot) => slots.includes(slot))
    .map((slot) => form.slots[slot]!.name);
  return {
    ...reading,
    output,
    fields: fields.filter(({ name }) => !filled.has(name)),
    missing: [...missing.filter((name) => !filled.has(name)), ...lacking],
  };
}
