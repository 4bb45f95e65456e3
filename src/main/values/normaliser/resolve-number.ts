import type { Parts } from './reader.ts';
import type { NormaliserTables } from './spec.ts';
import { tidy } from './tidy.ts';

export interface Quantity {
  readonly number: number;
  /** Id of the unit that the surface names. */
  readonly unit: string | undefined;
}

/** The quantity that the parts of a surface mean. */
export function resolveNumber(
  { neg, cur, n, mag, unit, n2, unit2 }: Parts,
  tables: Pick<NormaliserTables, 'magnitudes' | 'units' | 'unitSizes'>,
): Quantity | undefined {
  const id = tables.units[cur ?? unit ?? ''];
  const number = tidy(Number(n) * (mag === undefined ? 1 : tables.magnitudes[mag]!));
  if (n2 === undefined) return { number: neg ? -number : number, unit: id };
  const rest = convert(Number(n2), tables.units[unit2!]!, id!, tables);
  return rest === undefined ? undefined : { number: tidy(number + rest), unit: id };
}

/** A number of one unit in another: n * size / size'. Undefined when they do not measure the same. */
export function convert(
  number: number,
  from: string,
  to: string,
  { unitSizes }: Pick<NormaliserTables, 'unitSizes'>,
): number | undefined {
  if (from === to) return number;
  const [measures, size] = unitSizes[from] ?? [];
  const [measuresToo, sizeToo] = unitSizes[to] ?? [];
  if (measures === undefined || measures !== measuresToo) return undefined;
  return tidy((number * size!) / sizeToo!);
}
