import type { Json } from '../json.ts';
import type { Slot } from './form.ts';
import { isMultipleOf } from './is-multiple-of.ts';
import { typeFormats } from './text-formats.ts';

type Kind = Pick<Slot, 'type' | 'choices' | 'minimum' | 'maximum' | 'limits'>;

/** Whether one value of a slot is what the schema allows there. */
export function admits(slot: Kind, value: Json): boolean {
  switch (slot.type) {
    case 'enum':
      return slot.choices.includes(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'number':
      return typeof value === 'number' && admitsNumber(slot, value);
    default:
      return typeof value === 'string' && admitsText(slot, value);
  }
}

function admitsNumber({ type, minimum, maximum, limits = {} }: Kind, value: number): boolean {
  const { above, below, multipleOf } = limits;
  return (
    (type !== 'integer' || Number.isInteger(value)) &&
    value >= (minimum ?? value) &&
    value <= (maximum ?? value) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below) &&
    (multipleOf === undefined || isMultipleOf(value, multipleOf))
  );
}

function admitsText(slot: Kind, value: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = slot.limits ?? {};
  const { length } = [...value];
  return (
    length >= minLength &&
    length <= maxLength &&
    patternsOf(slot).every((pattern) => new RegExp(pattern, 'u').test(value))
  );
}

/** Regular expressions that each text of a slot matches, by its type and by its schema. */
export function patternsOf({ type, limits }: Pick<Slot, 'type' | 'limits'>): readonly string[] {
  const form = typeFormats[type]?.pattern;
  return [...(form === undefined ? [] : [form]), ...(limits?.patterns ?? [])];
}
