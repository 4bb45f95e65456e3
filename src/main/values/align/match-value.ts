import type { SlotType } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { parseWrittenNumber } from '../learn/number-formats.ts';
import { dateTemplates, dateTimeTemplates, timeTemplates } from '../learn/value-templates.ts';
import type { Day } from '../normaliser/calendar.ts';
import type { Reader, Reading } from '../normaliser/reader.ts';
import { type OpenDay, resolveDate } from '../normaliser/resolve-date.ts';
import { convert, resolveNumber } from '../normaliser/resolve-number.ts';
import { type ClockTime, resolveTime } from '../normaliser/resolve-time.ts';
import type { DateConventions } from '../normaliser/spec.ts';
import { tables } from '../tables/tables.ts';

/** Whether a reading of the text may mean the value. */
export type Matcher = (reading: Reading, reference: Day | undefined) => boolean;

/** What a value may be, each with the test of what stands for it. A date-time is a date and a time side by side. */
export interface ValueMatchers {
  readonly date?: Matcher;
  readonly time?: Matcher;
  readonly number?: Matcher;
  readonly dateTime?: { readonly date: Matcher; readonly time: Matcher; readonly day: OpenDay };
}

const plain: DateConventions = {
  order: 'month-first',
  missing: 'coming',
  next: 'coming',
  isToday: true,
  weekStart: 1,
};
const orders = [plain, { ...plain, order: 'day-first' }] as const satisfies DateConventions[];
/** Every way to close what a date leaves open. */
const allConventions: readonly DateConventions[] = orders.flatMap((order) =>
  (['coming', 'same', 'past'] as const).flatMap((missing) =>
    (['coming', 'week', 'skip'] as const).flatMap((next) =>
      [true, false].flatMap((isToday) =>
        ([0, 1] as const).map((weekStart) => ({ ...order, missing, next, isToday, weekStart })),
      ),
    ),
  ),
);

export function matchersOf(value: Json, type: SlotType, reader: Reader): ValueMatchers {
  const isOf = (other: SlotType) => type === other || type === 'string';
  if (typeof value === 'number') return { number: numberMatcher(value, undefined) };
  if (typeof value !== 'string') return {};
  const number = isOf('number') || isOf('integer') ? readQuantity(value, reader) : undefined;
  const days = isOf('date') && dateTemplates(value).length > 0 ? readDays(value, reader) : [];
  const time =
    isOf('time') && timeTemplates(value).length > 0 ? readTime(value, reader) : undefined;
  const dateTime = isOf('date-time') ? readDateTime(value, reader) : undefined;
  return {
    ...(number && { number: numberMatcher(number.number, number.unit) }),
    ...(days.length > 0 && { date: dateMatcher(days) }),
    ...(time && { time: timeMatcher(time) }),
    ...(dateTime && { dateTime }),
  };
}

/** The days that a written date may mean: "03/04" is two. */
function readDays(value: string, { read }: Reader): OpenDay[] {
  const parts = read('date', value)?.parts;
  if (!parts) return [];
  return orders.flatMap((conventions) => {
    const day = resolveDate(parts, tables, conventions, undefined);
    return typeof day === 'string' ? [] : [day];
  });
}

/** Every day that a reading may mean, however what it leaves open is closed. */
export function possibleDays({ parts }: Reading, reference: Day | undefined): OpenDay[] {
  const days = new Map<string, OpenDay>();
  for (const conventions of allConventions) {
    const day = resolveDate(parts, tables, conventions, reference);
    if (typeof day !== 'string') days.set(`${day.year}-${day.month}-${day.day}`, day);
  }
  return [...days.values()];
}

function readTime(value: string, { read }: Reader): ClockTime | undefined {
  const parts = read('time', value)?.parts;
  return parts && resolveTime(parts, tables, { afternoonBelow: 0 });
}

function readDateTime(value: string, reader: Reader): ValueMatchers['dateTime'] {
  if (dateTimeTemplates(value).length === 0) return undefined;
  for (const { 0: gap, index } of value.matchAll(/T| at |, | /g)) {
    const halves = [value.slice(0, index), value.slice(index + gap.length)] as const;
    for (const [dateText, timeText] of [halves, [halves[1], halves[0]]] as const) {
      const days = dateTemplates(dateText).length > 0 ? readDays(dateText, reader) : [];
      const time = readTime(timeText, reader);
      if (days.length > 0 && time)
        return { date: dateMatcher(days), time: timeMatcher(time), day: days[0]! };
    }
  }
  return undefined;
}

/** A number with its unit; words count only when they are a number and nothing else. */
function readQuantity(value: string, { read }: Reader) {
  const isWords = value
    .toLowerCase()
    .split(/[ -]/)
    .every(
      (word) => word in tables.numbers || word in tables.multipliers || word in tables.ordinals,
    );
  if (!isWords && !parseWrittenNumber(value)) return undefined;
  const parts = read('number', value)?.parts;
  return parts && resolveNumber(parts, tables);
}

/** Whether a reading may mean one of the days. */
export function dateMatcher(days: readonly OpenDay[]): Matcher {
  const isSame = (found: OpenDay) =>
    days.some(
      ({ year, month, day }) =>
        month === found.month &&
        day === found.day &&
        (year === undefined || found.year === undefined || year === found.year),
    );
  return ({ parts }, reference) => {
    const isFixed = parts.m !== undefined || parts.a !== undefined || parts.f !== undefined;
    if (isFixed || reference)
      return allConventions.some((conventions) => {
        const found = resolveDate(parts, tables, conventions, reference);
        return typeof found !== 'string' && isSame(found);
      });
    // Without a reference date a day of the month is known, and a weekday of a full date.
    if (parts.d !== undefined) return days.some(({ day }) => day === Number(parts.d));
    if (parts.w === undefined) return false;
    const weekday = tables.weekdays[parts.w];
    return days.some(({ year, month, day }) => {
      if (year === undefined) return false;
      return new Date(Date.UTC(year, month - 1, day)).getUTCDay() === weekday;
    });
  };
}

/** Whether a reading may mean the time. */
export function timeMatcher(time: ClockTime): Matcher {
  return ({ parts }) => {
    const found = resolveTime(parts, tables, { afternoonBelow: 0 });
    if (!found || found.minute !== time.minute || found.second !== time.second) return false;
    // A value such as "05:30" may come from a teacher that writes no halves, either.
    return found.hour === time.hour || (!found.isHalfKnown && found.hour % 12 === time.hour % 12);
  };
}

/** Whether a reading may mean the number, in that unit where it names one. */
export function numberMatcher(number: number, unit: string | undefined): Matcher {
  return ({ parts }) => {
    const found = resolveNumber(parts, tables);
    if (!found) return false;
    if (found.number === number) return !unit || !found.unit || unit === found.unit;
    if (found.unit === undefined) return false;
    const units = unit === undefined ? Object.keys(tables.unitSizes) : [unit];
    return units.some((to) => convert(found.number, found.unit!, to, tables) === number);
  };
}
