import type { Form, Slot, SlotType } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { AlignRow } from '../alignment.ts';
import { parseIsoDay } from '../normaliser/calendar.ts';
import { normaliseBy } from '../normaliser/normaliser.ts';
import { createReader, type Reader } from '../normaliser/reader.ts';
import type { Template, ValueFormat } from '../normaliser/spec.ts';
import { tables } from '../tables/tables.ts';
import { fold } from '../text/fold.ts';
import { startFormat, type TemplateKind, tallyTemplates, templatesOf } from './date-formats.ts';
import { learnTextNumberFormats, parseWrittenNumber } from './number-formats.ts';

/** A way in which the teacher wrote values of a slot. */
export interface FormatShare {
  /** For people: `YYYY-MM-DD`, `h:mm a`, `$ n`; "other" for what fits none. */
  readonly format: string;
  readonly count: number;
  readonly share: number;
  readonly example: string;
}

/** A value that is not written as most are. */
export interface Departure {
  /** Index of the row, and of the value within it. */
  readonly row: number;
  readonly index: number;
  readonly value: string;
  /** The value in the canonical form; undefined where it does not say enough for that. */
  readonly proposed?: Json;
}

export interface SlotFormats {
  readonly slot: number;
  readonly kind: TemplateKind | 'number' | 'text';
  /** Most frequent first. */
  readonly formats: readonly FormatShare[];
  /** The form that all should have: what JSON Schema asks for, or else what is most frequent. */
  readonly canonical: string;
  readonly departures: readonly Departure[];
}

/** A value with its place, and the row that it is of. */
interface Written {
  /** Whether it has a say in what is usual, or is only judged by it. */
  readonly isWitness: boolean;
  readonly row: number;
  readonly index: number;
  readonly value: string;
  readonly of: AlignRow;
}

/** From this share of readable values on, a slot of text is one of dates, times or amounts. */
const MOSTLY = 0.5;
/** What a JSON Schema format asks for, whatever is most frequent. */
const required: Partial<Record<SlotType, RegExp>> = {
  date: /^\{YYYY\}-\{MM\}-\{DD\}$/,
  'date-time': /^\{YYYY\}-\{MM\}-\{DD\}T/,
};

/**
 * Tells, for each slot that has texts as values, in which forms the teacher wrote them, and which ones depart from the
 * one form that they should have. A text that stands in its row as written is the author's, and departs from nothing.
 * Rows that are no witnesses are judged, and have no say in what is usual.
 */
export function describeFormats(
  rows: readonly AlignRow[],
  form: Form,
  isWitness: (row: number) => boolean = () => true,
): SlotFormats[] {
  const reader = createReader(tables);
  const bySlot = form.slots.map((): Written[] => []);
  for (const [row, of] of rows.entries())
    for (const [index, { slot, value }] of of.values.entries())
      if (typeof value === 'string' && value !== '')
        bySlot[slot]!.push({ row, index, value, of, isWitness: isWitness(row) });
  return form.slots.flatMap((slot, i) => {
    const written = bySlot[i]!;
    return written.some((one) => one.isWitness)
      ? [{ slot: i, ...describeSlot(slot, written, reader) }]
      : [];
  });
}

type Description = Omit<SlotFormats, 'slot'>;

function describeSlot({ type }: Slot, written: readonly Written[], reader: Reader): Description {
  if (type === 'enum') return describeSpellings(written);
  const witnesses = written.filter((one) => one.isWitness);
  const values = witnesses.map(({ value }) => ({ value, count: 1 }));
  for (const kind of ['date', 'time', 'date-time'] as const) {
    if (type !== kind && type !== 'string') continue;
    const { templates, readableCount } = tallyTemplates(kind, values);
    const [first] = templates;
    if (!first || readableCount < MOSTLY * witnesses.length) continue;
    const asked = templates.find(({ template }) => required[type]?.test(template));
    const canonical = (asked ?? first).template;
    const order = templates.map(({ template }) => template);
    return describeTemplates(kind, canonical, order, written, reader);
  }
  const numberCount = witnesses.filter(({ value }) => parseWrittenNumber(value)).length;
  return numberCount >= MOSTLY * witnesses.length
    ? describeNumbers(written, reader)
    : describeSpellings(written);
}

/** A template as people know it: `{DD}.{MM}.` is `DD.MM.` */
function showTemplate(template: Template): string {
  return template.replace(/\{([A-Za-z]+)(?:\.[a-z]+)?\}/g, '$1');
}

function describeTemplates(
  kind: TemplateKind,
  canonical: Template,
  templates: readonly Template[],
  written: readonly Written[],
  reader: Reader,
): Description {
  const rank = new Map(templates.map((template, i) => [template, i]));
  const formatOf = ({ value }: Written) => {
    const own = templatesOf[kind](value);
    if (own.includes(canonical)) return canonical;
    return own.sort((a, b) => rank.get(a)! - rank.get(b)!)[0];
  };
  const label = (one: Written) => showTemplate(formatOf(one) ?? 'other');
  const departures = written
    .filter((one) => formatOf(one) !== canonical)
    .map((one): Departure => {
      const own = formatOf(one);
      // The value is read as its own form has it, and written in the other.
      const { conventions } = startFormat(kind, own ?? canonical);
      const format = { ...startFormat(kind, canonical), conventions } as ValueFormat;
      return toDeparture(one, own === undefined ? undefined : format, reader);
    });
  return {
    kind,
    formats: countFormats(written, label),
    canonical: showTemplate(canonical),
    departures,
  };
}

function describeNumbers(written: readonly Written[], reader: Reader): Description {
  const labelOf = ({ value }: Written) => {
    const number = parseWrittenNumber(value);
    if (!number) return 'other';
    return number.template.replace('{n}', 'n').replace('{unit}', number.unitName);
  };
  const formats = countFormats(written, labelOf);
  const canonical = formats.find(({ format }) => format !== 'other')!.format;
  const usual = written.filter((one) => one.isWitness && labelOf(one) === canonical);
  const [format] = learnTextNumberFormats(usual.map(({ value }) => ({ value, count: 1 })));
  const departures = written
    .filter((one) => labelOf(one) !== canonical)
    .map((one) => toDeparture(one, format, reader));
  return { kind: 'number', formats, canonical, departures };
}

/** Texts that are equal but for case, accents and the like, and not copied from their rows: one spelling of each. */
function describeSpellings(written: readonly Written[]): Description {
  const own = written.filter(({ value, of }) => !of.text.includes(value));
  const usualOf = new Map<string, string>();
  const witnesses = own.filter((one) => one.isWitness);
  for (const [key, same] of Map.groupBy(witnesses, ({ value }) => fold(value)))
    usualOf.set(key, countFormats(same, ({ value }) => value)[0]!.format);
  const isUsual = ({ value }: Written) => (usualOf.get(fold(value)) ?? value) === value;
  const departures = own
    .filter((one) => !isUsual(one))
    .map(({ row, index, value }) => ({ row, index, value, proposed: usualOf.get(fold(value))! }));
  const departing = new Set(departures.map(({ row, index }) => `${row} ${index}`));
  const label = ({ row, index }: Written) =>
    departing.has(`${row} ${index}`) ? 'another spelling' : 'usual spelling';
  return {
    kind: 'text',
    formats: countFormats(written, label),
    canonical: 'usual spelling',
    departures,
  };
}

function toDeparture(
  { row, index, value, of }: Written,
  format: ValueFormat | undefined,
  reader: Reader,
): Departure {
  const reference = of.referenceDate === undefined ? undefined : parseIsoDay(of.referenceDate);
  const result = format && normaliseBy({ format, aliases: {} }, value, reader, reference);
  const proposed = result && 'value' in result ? result.value : undefined;
  return { row, index, value, ...(proposed !== undefined && { proposed }) };
}

function countFormats(
  written: readonly Written[],
  labelOf: (one: Written) => string,
): FormatShare[] {
  const witnesses = written.filter((one) => one.isWitness);
  return [...Map.groupBy(witnesses, labelOf)]
    .map(([format, same]) => ({
      format,
      count: same.length,
      share: same.length / witnesses.length,
      example: same[0]!.value,
    }))
    .sort((a, b) => b.count - a.count);
}
