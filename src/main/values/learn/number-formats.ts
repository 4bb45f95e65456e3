import type { Slot } from '../../../shared/domain/form/form.ts';
import type { Reader } from '../normaliser/reader.ts';
import { resolveNumber } from '../normaliser/resolve-number.ts';
import type { NumberFormat } from '../normaliser/spec.ts';
import { tables } from '../tables/tables.ts';
import { fold } from '../text/fold.ts';
import type { CountedValue } from './date-formats.ts';
import type { CountedPair } from './pair.ts';

/** A number with what stands around it. */
interface WrittenNumber {
  readonly template: string;
  readonly unit: string | undefined;
  readonly unitName: string;
  readonly isOne: boolean;
  readonly decimals: number;
  readonly isGrouped: boolean;
  readonly needsGrouping: boolean;
}

const pattern =
  /^([^0-9{}]*?)(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,15})(\.[0-9]{1,6})?([^0-9{}]*)$/;
const MAX_UNITS = 40;

/** A value that is one number, perhaps with a unit before or behind it. Undefined for any other text. */
export function parseWrittenNumber(value: string): WrittenNumber | undefined {
  const match = value.length > MAX_UNITS ? null : pattern.exec(value);
  if (!match) return undefined;
  const [, before, whole, fraction, after] = match as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
  ];
  const names = [fold(before), fold(after)];
  const side = names.findIndex((name) => Object.hasOwn(tables.units, name));
  if (names.some((name, i) => name !== '' && i !== side)) return undefined;
  const unitName = side < 0 ? '' : [before, after][side]!.trim();
  const digits = whole.replace(/[-,]/g, '');
  // A leading zero is no number: a code, a part of a date.
  if (digits.length > 1 && digits.startsWith('0')) return undefined;
  return {
    template: side < 0 ? '{n}' : `${before}{n}${after}`.replace(unitName, '{unit}'),
    unit: side < 0 ? undefined : tables.units[names[side]!],
    unitName,
    isOne: digits === '1' && fraction === undefined,
    decimals: fraction === undefined ? 0 : fraction.length - 1,
    isGrouped: whole.includes(','),
    needsGrouping: digits.length > 3,
  };
}

/** Ways to write the quantities of a slot of text. */
export function learnTextNumberFormats(values: readonly CountedValue[]): NumberFormat[] {
  const written = values.flatMap(({ value, count }) => {
    const parsed = typeof value === 'string' ? parseWrittenNumber(value) : undefined;
    return parsed ? [{ ...parsed, count }] : [];
  });
  return [...Map.groupBy(written, ({ template }) => template)].map(([template, same]) => {
    const decimals = new Set(same.map((one) => one.decimals));
    const [fixed] = decimals;
    const isFixed = decimals.size === 1 && fixed! > 0;
    const unit = mostFrequent(same.map((one) => [one.unit, one.count]));
    return {
      kind: 'number',
      template,
      ...(same.some((one) => one.isGrouped) && { isGrouped: true }),
      ...(isFixed && { decimals: fixed! }),
      ...(unit !== undefined && { unit, unitNames: learnUnitNames(same) }),
    };
  });
}

function learnUnitNames(
  written: readonly (WrittenNumber & { readonly count: number })[],
): NonNullable<NumberFormat['unitNames']> {
  const units = Map.groupBy(written, ({ unit }) => unit ?? '');
  return Object.fromEntries(
    [...units].map(([unit, same]) => {
      const nameOf = (isOne: boolean) =>
        mostFrequent(
          same.filter((one) => one.isOne === isOne).map((one) => [one.unitName, one.count]),
        );
      const [one, many] = [nameOf(true), nameOf(false)];
      return [unit, [one ?? many!, many ?? one!]] as const;
    }),
  );
}

/** Ways to count the quantities of a slot of numbers: as they are said, or in one of the units that they come in. */
export function learnJsonNumberFormats(
  slot: Slot,
  pairs: readonly CountedPair[],
  { read }: Reader,
): NumberFormat[] {
  const bounds = {
    kind: 'number',
    ...(slot.type === 'integer' && { isInteger: true }),
    ...(slot.minimum !== undefined && { minimum: slot.minimum }),
    ...(slot.maximum !== undefined && { maximum: slot.maximum }),
  } as const;
  const stated = tables.units[fold(slot.unit ?? '')];
  const measures = new Set<string>();
  for (const { surface } of pairs) {
    const reading = read('number', surface);
    const unit = reading && resolveNumber(reading.parts, tables)?.unit;
    if (unit !== undefined) measures.add(tables.unitSizes[unit]![0]);
  }
  const alike = Object.keys(tables.unitSizes).filter((unit) =>
    measures.has(tables.unitSizes[unit]![0]),
  );
  const units = new Set([...(stated === undefined ? [] : [stated]), undefined, ...alike]);
  return [...units].map((unit) => (unit === undefined ? bounds : { ...bounds, unit }));
}

function mostFrequent<T>(items: readonly (readonly [T, number])[]): T | undefined {
  const counts = new Map<T, number>();
  for (const [item, count] of items) counts.set(item, (counts.get(item) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
