import { fewestValues } from './fewest-values.ts';
import type { FilledForm, Form } from './form.ts';
import { listPresent } from './present-objects.ts';

/** Slots that a filled form must name: those of its frame, and of each object within it that is there. */
export function listNeeded(form: Form, { frame: index, values }: FilledForm): number[] {
  const frame = form.frames[index];
  if (!frame) return [];
  const inside = listPresent(form, frame, values, []).flatMap(({ required }) => required);
  return [...new Set([...frame.required, ...inside])];
}

/** Needed slots with fewer values than the schema wants: the output is then incomplete, and a person's or a teacher's. */
export function findMissing(form: Form, filled: FilledForm): number[] {
  const countOf = (slot: number) =>
    filled.values.filter((own) => own.slot === slot && own.value !== null).length;
  return listNeeded(form, filled).filter((slot) => countOf(slot) < fewestValues(form.slots[slot]!));
}
