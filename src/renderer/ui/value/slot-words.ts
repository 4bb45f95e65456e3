import type { Slot } from '../../../shared/domain/form/form.ts';
import { valueText } from '../../lib/output.ts';

const typeWords = {
  string: ['text', 'texts'],
  enum: ['one of', 'several of'],
  boolean: ['yes or no', 'list of yes or no'],
  integer: ['whole number', 'whole numbers'],
  number: ['number', 'numbers'],
  date: ['date', 'dates'],
  time: ['time', 'times'],
  'date-time': ['date and time', 'dates and times'],
} as const satisfies Record<Slot['type'], readonly [string, string]>;

/** What a field holds, in words: "one of small, large", "whole number of people". */
export function slotWords({ type, isList, isNullable, choices, unit }: Slot): string {
  const base = typeWords[type][isList ? 1 : 0];
  const detail = type === 'enum' ? ` ${choices.map((choice) => valueText(choice)).join(', ')}` : '';
  return `${base}${detail}${unit ? `, in ${unit}` : ''}${isNullable ? ', or empty' : ''}`;
}
