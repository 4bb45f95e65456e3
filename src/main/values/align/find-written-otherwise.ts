import type { SlotType } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { type Day, parseIsoDay } from '../normaliser/calendar.ts';
import type { Reader } from '../normaliser/reader.ts';
import type { ReadingKind } from '../normaliser/spec.ts';
import { type Expression, findExpressions } from './expressions.ts';
import { type Matcher, matchersOf, type ValueMatchers } from './match-value.ts';
import { overlaps, type Place, type RowAlignment } from './row-alignment.ts';

/** Finds values that a text writes in another way: as a date, a time, an amount, in words. */
export interface ExpressionFinder {
  /** Free places of a value; weak ones only when there are no others. */
  find(
    row: RowAlignment,
    value: Json,
    type: SlotType,
  ): { readonly places: readonly Place[]; readonly isWeak: boolean };
  /** Dates and times of a row that are certainly such: a number within one means something else. */
  occasions(row: RowAlignment): readonly Expression[];
}

export function createExpressionFinder(reader: Reader): ExpressionFinder {
  const byRow = new WeakMap<RowAlignment, Map<ReadingKind, readonly Expression[]>>();
  const matchers = new Map<string, ValueMatchers>();

  function expressions(row: RowAlignment, kind: ReadingKind): readonly Expression[] {
    const kinds = remember(byRow, row, () => new Map<ReadingKind, readonly Expression[]>());
    return remember(kinds, kind, () => findExpressions(row.row.text, kind, reader));
  }

  function matching(row: RowAlignment, kind: ReadingKind, matches: Matcher | undefined) {
    const reference = referenceOf(row);
    if (!matches) return [];
    return expressions(row, kind).filter(
      (expression) => row.isFree(expression) && matches(expression.reading, reference),
    );
  }

  return {
    find(row, value, type) {
      const key = `${type} ${JSON.stringify(value)}`;
      const known = remember(matchers, key, () => matchersOf(value, type, reader));
      const { date, time, number, dateTime } = known;
      const found = [
        ...matching(row, 'date', date),
        ...matching(row, 'time', time),
        ...matching(row, 'number', number),
        ...(dateTime ? pairUp(row, dateTime, matching) : []),
      ];
      const strong = found.filter(({ reading }) => !reading.isWeak);
      const chosen = strong.length > 0 ? strong : found;
      return {
        places: chosen.map(({ start, end }) => ({ start, end, kind: 'normalised' })),
        isWeak: strong.length === 0,
      };
    },
    occasions: (row) =>
      [...expressions(row, 'date'), ...expressions(row, 'time')].filter(
        ({ reading }) => !reading.isWeak,
      ),
  };
}

/** The value of a key, made when it is first asked for. */
function remember<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function referenceOf({ row }: RowAlignment): Day | undefined {
  return row.referenceDate === undefined ? undefined : parseIsoDay(row.referenceDate);
}

/** A date and a time side by side; a time alone is of the reference date. */
function pairUp(
  row: RowAlignment,
  { date, time, day }: NonNullable<ValueMatchers['dateTime']>,
  matching: (row: RowAlignment, kind: ReadingKind, matches: Matcher) => readonly Expression[],
): Expression[] {
  const times = matching(row, 'time', time);
  const dates = matching(row, 'date', date).filter(({ reading }) => !reading.isWeak);
  const pairs = dates.flatMap((a) =>
    times
      .filter((b) => !overlaps(a, b))
      .map((b) => ({
        start: Math.min(a.start, b.start),
        end: Math.max(a.end, b.end),
        reading: a.reading,
        gap: row.row.text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)),
      }))
      .filter(({ gap }) => /^(?:[\s,@]|at|on|by)*$/i.test(gap)),
  );
  if (pairs.length > 0) return pairs;
  const reference = referenceOf(row);
  const isToday =
    reference?.year === day.year && reference?.month === day.month && reference?.day === day.day;
  return isToday ? [...times] : [];
}
