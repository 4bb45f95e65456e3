import type { Form } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { fold } from '../text/fold.ts';
import { type Day, parseIsoDay } from './calendar.ts';
import { createReader, type Reader } from './reader.ts';
import { resolveDate } from './resolve-date.ts';
import { convert, resolveNumber } from './resolve-number.ts';
import { resolveTime } from './resolve-time.ts';
import type {
  DateFormat,
  DateTimeFormat,
  NormaliserSpec,
  NumberFormat,
  SlotNormaliser,
  TimeFormat,
  ValueFormat,
} from './spec.ts';
import { dateParts, needsYear, timeParts, writeParts, writeQuantity, writeText } from './write.ts';

export type Normalised =
  | { readonly value: Json }
  /** The surface says nothing that fits the slot, or counts from a day that was not given. */
  | { readonly problem: 'unreadable' | 'needs-reference-date' };

export interface NormaliseOptions {
  /** The day that relative dates count from, `YYYY-MM-DD`. */
  readonly referenceDate?: string;
}

/** Turns the surface of a slot into its value, as the teacher would write it. */
export type Normaliser = (slot: number, surface: string, options?: NormaliseOptions) => Normalised;

const unreadable = { problem: 'unreadable' } as const;
const needsReferenceDate = { problem: 'needs-reference-date' } as const;

/**
 * Makes the normaliser that a spec describes.
 * @throws AppError `student.malformed` when its slots are not those of the form, in the same order
 */
export function createNormaliser(spec: NormaliserSpec, form: Form): Normaliser {
  const isOfForm =
    spec.slots.length === form.slots.length &&
    form.slots.every(({ name }, i) => spec.slots[i]!.name === name);
  if (!isOfForm)
    throw new AppError(
      'student.malformed',
      'The normaliser of this student is for other fields than its form has. Train the student again.',
    );
  const reader = createReader(spec.tables);
  return (slot, surface, { referenceDate } = {}) => {
    const reference = referenceDate === undefined ? undefined : parseIsoDay(referenceDate);
    return normaliseBy(spec.slots[slot]!, surface, reader, reference);
  };
}

/** What one slot's normaliser makes of a surface. */
export function normaliseBy(
  { aliases, format }: Pick<SlotNormaliser, 'aliases' | 'format'>,
  surface: string,
  reader: Reader,
  reference: Day | undefined,
): Normalised {
  const key = fold(surface);
  if (Object.hasOwn(aliases, key)) return { value: aliases[key]! };
  if (format.kind === 'text') return { value: writeText(surface, format.letterCase) };
  if (format.kind === 'listed') return unreadable;
  const result = readAndWrite(format, surface, reader, reference);
  const isLost = 'problem' in result && result.problem === 'unreadable';
  return isLost && format.fallback !== undefined
    ? { value: writeText(surface, format.fallback) }
    : result;
}

function readAndWrite(
  format: Exclude<ValueFormat, { kind: 'text' | 'listed' }>,
  surface: string,
  reader: Reader,
  reference: Day | undefined,
): Normalised {
  switch (format.kind) {
    case 'date':
      return normaliseDate(format, surface, reader, reference);
    case 'time':
      return normaliseTime(format, surface, reader);
    case 'date-time':
      return normaliseDateTime(format, surface, reader, reference);
    case 'number':
      return normaliseNumber(format, surface, reader);
  }
}

function normaliseDate(
  { template, conventions }: Pick<DateFormat, 'template' | 'conventions'>,
  surface: string,
  { read, tables }: Reader,
  reference: Day | undefined,
): Normalised {
  const reading = read('date', surface);
  if (!reading) return unreadable;
  const day = resolveDate(reading.parts, tables, conventions, reference);
  if (typeof day === 'string') return { problem: day };
  if (day.year === undefined && needsYear(template)) return needsReferenceDate;
  if (day.year !== undefined && (day.year < 1000 || day.year > 9999)) return unreadable;
  return { value: writeParts(template, dateParts(day, tables)) };
}

function normaliseTime(
  { template, wholeHourTemplate, conventions }: TimeFormat,
  surface: string,
  { read, tables }: Reader,
): Normalised {
  const reading = read('time', surface);
  const time = reading && resolveTime(reading.parts, tables, conventions);
  if (!time) return unreadable;
  const isWhole = time.minute === 0 && time.second === 0;
  const chosen = isWhole ? (wholeHourTemplate ?? template) : template;
  return { value: writeParts(chosen, timeParts(time)) };
}

/** The words are parted into a day and a time, in either order; a time alone is of the reference date. */
function normaliseDateTime(
  { template, conventions }: DateTimeFormat,
  surface: string,
  reader: Reader,
  reference: Day | undefined,
): Normalised {
  const words = fold(surface)
    .replace(/(?<=[0-9]{2})t(?=[0-9]{2}:)/g, ' ')
    .split(' ');
  if (words.length > 16) return unreadable;
  for (let at = 0; at <= words.length; at++) {
    const parts = [words.slice(0, at).join(' '), words.slice(at).join(' ')] as const;
    for (const [dateText, timeText] of [parts, [parts[1], parts[0]]] as const) {
      const time = normaliseTime({ kind: 'time', template, conventions }, timeText, reader);
      if ('problem' in time) continue;
      const isToday = dateText === '';
      const date = { template: String(time.value), conventions };
      const both = normaliseDate(date, isToday ? 'today' : dateText, reader, reference);
      if ('value' in both || both.problem === 'needs-reference-date') return both;
    }
  }
  return unreadable;
}

function normaliseNumber(
  format: NumberFormat,
  surface: string,
  { read, tables }: Reader,
): Normalised {
  const reading = read('number', surface);
  const found = reading && resolveNumber(reading.parts, tables);
  if (!found) return unreadable;
  let { number, unit } = found;
  const isWritten = (id: string) => Object.hasOwn(format.unitNames ?? {}, id);
  if (format.unit !== undefined && unit !== undefined && !isWritten(unit)) {
    const converted = convert(number, unit, format.unit, tables);
    if (converted !== undefined) [number, unit] = [converted, format.unit];
    // The teacher never wrote this unit, nor one that it could be turned into.
    else if (format.unitNames) return unreadable;
  }
  if (format.isInteger && !Number.isInteger(number)) return unreadable;
  if (number < (format.minimum ?? number) || number > (format.maximum ?? number)) return unreadable;
  return {
    value: format.template === undefined ? number : writeQuantity({ number, unit }, format),
  };
}
