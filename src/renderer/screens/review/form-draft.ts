import type { EmptyForm } from '../../../shared/domain/form/empty-form.ts';
import { findMissing } from '../../../shared/domain/form/find-missing.ts';
import type { Form, Slot, SlotValue } from '../../../shared/domain/form/form.ts';
import { putTogether } from '../../../shared/domain/form/put-together.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';

/**
 * An output while a person edits it: what stands in the controls, by slot. A list has one text for each item, another
 * slot one text or none; of an enum the texts are places in its choices.
 */
export interface FormDraft {
  /** Index of the frame; `frames.length` for no call. */
  readonly frame: number;
  readonly texts: ReadonlyMap<number, readonly string[]>;
}

export const yes = 'yes';
export const no = 'no';

/** What the controls show of an output; all empty where there is none, or where it does not fit the form. */
export function toDraft(form: Form, output: Json | undefined): FormDraft {
  const filled = output === undefined ? undefined : takeApart(form, output);
  if (!filled) return { frame: 0, texts: new Map() };
  const texts = new Map<number, string[]>();
  for (const { slot, value } of filled.values)
    if (value !== null)
      texts.set(slot, [...(texts.get(slot) ?? []), toText(form.slots[slot]!, value)]);
  return { frame: filled.frame, texts };
}

/** The same controls under another function: values of slots that it shares are kept. */
export const withFrame = (draft: FormDraft, frame: number): FormDraft => ({ ...draft, frame });

export function withTexts(draft: FormDraft, slot: number, texts: readonly string[]): FormDraft {
  return { ...draft, texts: new Map(draft.texts).set(slot, texts) };
}

export interface ReadDraft {
  /** Undefined where a control holds something else than its field can. */
  readonly output: Json | undefined;
  /** By slot, what is wrong with it. */
  readonly problems: ReadonlyMap<number, string>;
}

/** The output that the controls stand for; what was empty before in some way stays empty in that way. */
export function readDraft(
  form: Form,
  { frame, texts }: FormDraft,
  before: Json | undefined,
): ReadDraft {
  const shape = form.frames[frame];
  if (!shape) return { output: null, problems: new Map() };
  const problems = new Map<number, string>();
  const values: SlotValue[] = [];
  for (const slot of shape.slots)
    for (const text of (texts.get(slot) ?? []).filter((one) => one.trim() !== '')) {
      const read = toValue(form.slots[slot]!, text);
      if ('problem' in read) problems.set(slot, read.problem);
      else values.push({ slot, value: read.value });
    }
  for (const slot of findMissing(form, { frame, values }))
    if (!problems.has(slot)) problems.set(slot, 'This field is required.');
  const empty = emptyForms(form, before);
  const output = problems.size > 0 ? undefined : putTogether(form, { frame, values }, empty);
  return { output, problems };
}

/** How an empty slot is written: null where it was, else as the schema wants it. */
function emptyForms(form: Form, before: Json | undefined): EmptyForm[] {
  const was = before === undefined ? undefined : takeApart(form, before);
  return form.slots.map((_, slot) =>
    was?.values.some((value) => value.slot === slot && value.value === null) ? 'null' : 'omit',
  );
}

function toText({ type, choices }: Slot, value: Json): string {
  if (type === 'enum') {
    const place = choices.indexOf(value);
    return place < 0 ? '' : String(place);
  }
  if (typeof value === 'boolean') return value ? yes : no;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type ReadValue = { readonly value: Json } | { readonly problem: string };

function toValue(slot: Slot, text: string): ReadValue {
  const trimmed = text.trim();
  switch (slot.type) {
    case 'enum':
      return { value: slot.choices[Number(trimmed)]! }; // the control offers places of choices only
    case 'boolean':
      return trimmed === yes || trimmed === no
        ? { value: trimmed === yes }
        : { problem: 'Write yes or no.' };
    case 'integer':
    case 'number':
      return toNumber(slot, trimmed);
    case 'date':
      return isDay(trimmed)
        ? { value: trimmed }
        : { problem: 'Write a day that there is, such as 2027-03-31.' };
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d/.test(trimmed)
        ? { value: trimmed }
        : { problem: 'Write a time of day, such as 19:00.' };
    case 'date-time':
      return isDay(trimmed.slice(0, 10)) && trimmed.length > 10
        ? { value: trimmed }
        : { problem: 'Write a day and a time, such as 2027-03-31T19:00.' };
    case 'string':
      return { value: text };
  }
}

function toNumber({ type, minimum, maximum }: Slot, text: string): ReadValue {
  const value = Number(text);
  if (!/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) || !Number.isFinite(value))
    return { problem: 'Write a number in digits.' };
  if (type === 'integer' && !Number.isInteger(value)) return { problem: 'Write a whole number.' };
  if (minimum !== undefined && value < minimum) return { problem: `At least ${minimum}.` };
  if (maximum !== undefined && value > maximum) return { problem: `At most ${maximum}.` };
  return { value };
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
