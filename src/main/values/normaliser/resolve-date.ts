import {
  addMonths,
  type Day,
  daysInMonth,
  fromDayNumber,
  isDay,
  modulo,
  toDayNumber,
  weekdayOf,
} from './calendar.ts';
import type { Parts } from './reader.ts';
import type { DateConventions, NormaliserTables } from './spec.ts';

/** A day; its year is undefined where the surface has none and nothing tells it. */
export interface OpenDay {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

export type ResolvedDate = OpenDay | 'needs-reference-date' | 'unreadable';

/** The day that the parts of a surface mean, counted from the reference date where they leave something open. */
export function resolveDate(
  parts: Parts,
  tables: NormaliserTables,
  conventions: DateConventions,
  reference: Day | undefined,
): ResolvedDate {
  const fixed = fixedDay(parts, tables, conventions);
  if (fixed) return closeYear(fixed, conventions, reference);
  if (!reference) return 'needs-reference-date';
  const today = toDayNumber(reference);
  if (parts.r !== undefined) return fromDayNumber(today + tables.relativeDays[parts.r]!);
  if (parts.u !== undefined) return countedDay(parts, reference);
  if (parts.w !== undefined) {
    const weekday = tables.weekdays[parts.w]!;
    return fromDayNumber(today + daysUntil(parts, weekday, weekdayOf(reference), conventions));
  }
  return dayOfMonth(parts, conventions, reference);
}

/** A month and a day that are named, with the year if that is, too. */
function fixedDay(
  { y, m, d, a, b, f }: Parts,
  { months, feasts }: NormaliserTables,
  { order }: DateConventions,
): OpenDay | undefined {
  const year = y === undefined ? undefined : toYear(y);
  if (f !== undefined) return { year, month: feasts[f]![0], day: feasts[f]![1] };
  if (m !== undefined) return { year, month: months[m] ?? Number(m), day: Number(d) };
  if (a === undefined) return undefined;
  // "13/4" can be read in one way only.
  const isMonthFirst = Number(b) > 12 || (order === 'month-first' && Number(a) <= 12);
  return isMonthFirst
    ? { year, month: Number(a), day: Number(b) }
    : { year, month: Number(b), day: Number(a) };
}

/** Two digits are a year from 1970 to 2069. */
function toYear(text: string): number {
  const digits = text.replace(/[' ]/g, '');
  if (digits.length > 2) return Number(digits);
  return Number(digits) + (Number(digits) < 70 ? 2000 : 1900);
}

function closeYear(
  found: OpenDay,
  { missing }: DateConventions,
  reference: Day | undefined,
): ResolvedDate {
  // 2000 was a leap year: any day that exists in some year does in it.
  if (!isDay({ ...found, year: found.year ?? 2000 })) return 'unreadable';
  if (found.year !== undefined || !reference) return found;
  const isBefore = 100 * found.month + found.day < 100 * reference.month + reference.day;
  const isSame = found.month === reference.month && found.day === reference.day;
  let year = reference.year;
  if (missing === 'coming' && isBefore) year++;
  if (missing === 'past' && !isBefore && !isSame) year--;
  return isDay({ ...found, year }) ? { ...found, year } : 'unreadable';
}

/** In two weeks, three days ago. */
function countedDay({ n, u, back }: Parts, reference: Day): Day {
  const count = (/^[0-9]/.test(n!) ? Number(n) : 1) * (back ? -1 : 1);
  if (u === 'month') return addMonths(reference, count);
  if (u === 'year') return addMonths(reference, 12 * count);
  const length = u === 'day' ? 1 : u === 'week' ? 7 : 14;
  return fromDayNumber(toDayNumber(reference) + count * length);
}

/** Days from today to a weekday as it was said. */
function daysUntil(
  { q, wk, late }: Parts,
  weekday: number,
  today: number,
  { next, isToday, weekStart }: DateConventions,
): number {
  // The first such day after today, 1 to 7 days away.
  const coming = modulo(weekday - today - 1, 7) + 1;
  const withinWeek = modulo(weekday - weekStart, 7) - modulo(today - weekStart, 7);
  const isLast = /^(?:last|past|this past)$/;
  if (wk !== undefined) return withinWeek + (isLast.test(wk) ? -7 : wk === 'this' ? 0 : 7);
  if (q !== undefined && isLast.test(q)) return -(modulo(today - weekday - 1, 7) + 1);
  if (q === 'next' && next === 'skip') return coming + 7;
  if (q === 'next' && next === 'week') return withinWeek + 7;
  if (q === 'next' || q === 'following') return coming;
  if (late !== undefined) return coming + 7;
  return coming === 7 && isToday ? 0 : coming;
}

/** The 8th, the 8th of next month. */
function dayOfMonth({ d, nm }: Parts, { missing }: DateConventions, reference: Day): ResolvedDate {
  const day = Number(d);
  const first = { ...reference, day: 1 };
  let step = 0;
  if (nm) step = 1;
  else if (missing === 'coming' && day < reference.day) step = 1;
  else if (missing === 'past' && day > reference.day) step = -1;
  const { year, month } = addMonths(first, step);
  return day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : 'unreadable';
}
