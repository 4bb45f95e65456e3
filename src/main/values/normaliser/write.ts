import { weekdayOf } from './calendar.ts';
import type { OpenDay } from './resolve-date.ts';
import type { Quantity } from './resolve-number.ts';
import type { ClockTime } from './resolve-time.ts';
import type { LetterCase, NormaliserTables, NumberFormat, Template } from './spec.ts';

type Names = Pick<NormaliserTables, 'monthNames' | 'weekdayNames'>;

const pad = (number: number, length = 2) => String(number).padStart(length, '0');

/** Whether a template has parts that a day without a year does not give. */
export function needsYear(template: Template): boolean {
  return /\{(?:YY|dd)/.test(template);
}

/** Replaces `{name}` by the part of that name. */
function fill(template: Template, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\{([A-Za-z.]+)\}/g, (whole, name) => parts[name] ?? whole);
}

/** The parts of a day: YYYY, YY, MMMM, MMM, MM, M, DD, D, Do, dddd, ddd; names also in lower and upper case. */
export function dateParts(found: OpenDay, { monthNames, weekdayNames }: Names) {
  const { year, month, day } = found;
  const monthName = monthNames[month - 1]!;
  const suffix = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  const names: Record<string, string> = { MMMM: monthName, MMM: monthName.slice(0, 3) };
  if (year !== undefined) {
    names.dddd = weekdayNames[weekdayOf({ ...found, year })]!;
    names.ddd = names.dddd.slice(0, 3);
  }
  return {
    ...inCases(names),
    ...(year !== undefined && { YYYY: pad(year, 4), YY: pad(year % 100) }),
    MM: pad(month),
    M: String(month),
    DD: pad(day),
    D: String(day),
    Do: `${day}${suffix}`,
  };
}

/** Each name as it is, and under `name.lower` and `name.upper`. */
function inCases(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => [
      [key, name],
      [`${key}.lower`, name.toLowerCase()],
      [`${key}.upper`, name.toUpperCase()],
    ]),
  );
}

/** The parts of a time: HH, H, hh, h, mm, ss, A (AM), a (am), aa (a.m.). */
export function timeParts({ hour, minute, second }: ClockTime) {
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  const half = hour < 12 ? 'a' : 'p';
  return {
    HH: pad(hour),
    H: String(hour),
    hh: pad(hour12),
    h: String(hour12),
    mm: pad(minute),
    ss: pad(second),
    A: `${half.toUpperCase()}M`,
    a: `${half}m`,
    aa: `${half}.m.`,
  };
}

export function writeParts(template: Template, parts: Readonly<Record<string, string>>): string {
  return fill(template, parts);
}

/** A quantity as text; the unit that it is counted in stands in where it names none. */
export function writeQuantity({ number, unit }: Quantity, format: NumberFormat): string {
  const { template, decimals, isGrouped, unitNames } = format;
  const [whole, fraction] = writeNumber(Math.abs(number), decimals).split('.') as [string, string?];
  const grouped = isGrouped ? whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ',') : whole;
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  const [one, many] = unitNames?.[unit ?? format.unit ?? ''] ?? ['', ''];
  const written = fill(template!, { n: digits, unit: number === 1 ? one : many });
  return number < 0 ? `-${written}` : written;
}

/** Without an exponent; rounded half up where the count of decimals is given. */
function writeNumber(number: number, decimals: number | undefined): string {
  if (decimals === undefined) return String(number);
  const factor = 10 ** decimals;
  const scaled = pad(Math.floor(number * factor + 0.5), decimals + 1);
  if (decimals === 0) return scaled;
  return `${scaled.slice(0, -decimals)}.${scaled.slice(-decimals)}`;
}

/** A text in another case; words are parted by white space. */
export function writeText(text: string, letterCase: LetterCase): string {
  if (letterCase === 'lower') return text.toLowerCase();
  if (letterCase === 'upper') return text.toUpperCase();
  if (letterCase === 'as-written') return text;
  const rest = letterCase === 'title' ? text.toLowerCase() : text;
  return rest.replace(
    /(^|[ \t\n])([^ \t\n])/gu,
    (_, before, first) => before + first.toUpperCase(),
  );
}
