import type { Form, Frame, Slot } from '../../shared/domain/form/form.ts';
import type { Json } from '../../shared/domain/json.ts';
import { noCall } from '../../shared/domain/tools.ts';

type JsonObject = { readonly [key: string]: Json };

/** One value of an output, or the list of them that a field holds. */
export interface ShownField {
  /** Property names joined with dots, as people read them. */
  readonly label: string;
  readonly value: Json;
  /** Its place in the form; undefined for a property that the form does not know. */
  readonly slot: number | undefined;
}

/** An output as screens show it. */
export interface ShownOutput {
  /** The function that a call names, null for "no call"; undefined where outputs are no calls. */
  readonly callee: string | null | undefined;
  /** In the schema's order, what the schema does not know last. */
  readonly fields: readonly ShownField[];
}

/** Of a field that must have a value. */
export const notFound = 'not found in the text';

/** How people read the name of a field. */
export function labelOf({ slots }: Pick<Form, 'slots'>, name: string): string {
  return slots.find((slot) => slot.name === name)?.path.join('.') ?? name;
}

/** Takes an output apart for showing, also one that does not fit the form. Undefined for labels and texts. */
export function readOutput(
  output: Json | undefined,
  form: Form | undefined,
): ShownOutput | undefined {
  if (form?.hasNone && output === null) return { callee: null, fields: [] };
  if (!isObject(output)) return undefined;
  const callee = form?.hasNone && typeof output.name === 'string' ? output.name : undefined;
  const object = callee === undefined ? output : isObject(output.arguments) ? output.arguments : {};
  const frame = callee === undefined ? form?.frames[0] : frameOf(form, callee);
  const order = new Map(frame?.slots.map((slot) => [form!.slots[slot]!.path.join('.'), slot]));
  const fields = leavesOf(object, []).map(([label, value]) => ({
    label,
    value,
    slot: order.get(label),
  }));
  const places = [...order.keys()];
  const placeOf = ({ label }: ShownField) => {
    const place = places.indexOf(label);
    return place < 0 ? places.length : place;
  };
  return { callee, fields: fields.toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

export function frameOf(form: Form | undefined, callee: string): Frame | undefined {
  return form?.frames.find(({ name }) => name === callee);
}

/** An output as one line of text, whatever the task: `book_table · city: Paris, seats: 2`. */
export function outputText(output: Json | undefined, form?: Form): string {
  if (output === undefined) return '';
  const shown = readOutput(output, form);
  if (!shown) return typeof output === 'string' ? output : JSON.stringify(output);
  const { callee, fields } = shown;
  const words = fields.map(
    ({ label, value, slot }) => `${label}: ${valueText(value, slotOf(form, slot))}`,
  );
  return [callee === null ? noCall : callee, words.join(', ')].filter(Boolean).join(' · ');
}

const slotOf = (form: Form | undefined, slot: number | undefined): Slot | undefined =>
  slot === undefined ? undefined : form?.slots[slot];

/** One value in words: yes or no, a number with its unit, the items of a list. */
export function valueText(value: Json, slot?: Pick<Slot, 'unit'>): string {
  if (value === null) return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return slot?.unit ? `${value} ${slot.unit}` : String(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((item) => valueText(item, slot)).join(', ');
  return JSON.stringify(value);
}

function leavesOf(object: JsonObject, path: readonly string[]): (readonly [string, Json])[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const inner = [...path, name];
    return isObject(value) ? leavesOf(value, inner) : [[inner.join('.'), value] as const];
  });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
