import type { Json } from '../json.ts';
import type { FilledForm, Form, SlotValue } from './form.ts';

/**
 * An output as frame and slot values. Properties that the form does not have are left aside: whether an output fits
 * its schema is for a validator to say. Undefined when it is of none of the frames.
 */
export function takeApart(form: Form, output: Json): FilledForm | undefined {
  if (output === null && form.hasNone) return { frame: form.frames.length, values: [] };
  if (!isRecord(output)) return undefined;
  const frame = form.hasNone ? form.frames.findIndex(({ name }) => name === output.name) : 0;
  const object = form.hasNone ? output.arguments : output;
  if (frame < 0 || !isRecord(object)) return undefined;
  const values = form.frames[frame]!.slots.flatMap((slot): SlotValue[] => {
    const { path, isList } = form.slots[slot]!;
    const value = path.reduce<Json | undefined>(
      (part, name) => (isRecord(part) && Object.hasOwn(part, name) ? part[name] : undefined),
      object,
    );
    if (value === undefined) return [];
    const items = isList && Array.isArray(value) ? value : [value];
    return items.map((item: Json) => ({ slot, value: item }));
  });
  return { frame, values };
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
