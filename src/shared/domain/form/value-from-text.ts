import type { Json } from '../json.ts';
import { admits } from './admits.ts';
import type { Slot } from './form.ts';

const number = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** The value that a cell of a table is for a slot; undefined for a text that is none, or that its schema refuses. */
export function valueFromText(slot: Slot, text: string): Json | undefined {
  const value = parse(slot, text);
  return value !== undefined && admits(slot, value) ? value : undefined;
}

function parse({ type, choices }: Slot, text: string): Json | undefined {
  switch (type) {
    case 'enum':
      return choices.find((choice) => String(choice) === text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'integer':
    case 'number':
      return number.test(text) ? Number(text) : undefined;
    default:
      return text;
  }
}
