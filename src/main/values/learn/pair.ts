import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import { type Day, parseIsoDay } from '../normaliser/calendar.ts';
import { normaliseBy } from '../normaliser/normaliser.ts';
import type { Reader } from '../normaliser/reader.ts';
import type { SlotNormaliser, ValueFormat } from '../normaliser/spec.ts';
import { fold } from '../text/fold.ts';

/** A surface of which it is known what it means. */
export interface Pair {
  readonly slot: number;
  readonly surface: string;
  readonly value: Json;
  readonly referenceDate?: string;
}

/** A pair of one slot, and how often it occurs. */
export interface CountedPair {
  readonly surface: string;
  readonly value: Json;
  /** The value as canonical JSON. */
  readonly key: string;
  readonly reference: Day | undefined;
  readonly count: number;
}

/** Equal pairs counted together, most frequent first. */
export function countPairs(pairs: readonly Pair[]): CountedPair[] {
  const counted = new Map<string, CountedPair & { count: number }>();
  for (const { surface, value, referenceDate } of pairs) {
    const key = canonicalJson(value);
    const id = `${surface}\u0000${key}\u0000${referenceDate ?? ''}`;
    const known = counted.get(id);
    if (known) known.count++;
    else {
      const reference = referenceDate === undefined ? undefined : parseIsoDay(referenceDate);
      counted.set(id, { surface, value, key, reference, count: 1 });
    }
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}

/** How many of the pairs a normaliser gives back, each as often as it occurs. */
export function countReproduced(
  pairs: readonly CountedPair[],
  format: ValueFormat,
  reader: Reader,
  aliases: SlotNormaliser['aliases'] = {},
): number {
  let sum = 0;
  for (const { surface, key, reference, count } of pairs) {
    const result = normaliseBy({ format, aliases }, surface, reader, reference);
    if ('value' in result && canonicalJson(result.value) === key) sum += count;
  }
  return sum;
}

/** Surfaces that the format does not explain, though they always mean the same. */
export function learnAliases(
  pairs: readonly CountedPair[],
  format: ValueFormat,
  reader: Reader,
): Record<string, Json> {
  const bySurface = Map.groupBy(pairs, ({ surface }) => fold(surface));
  const entries: [string, Json][] = [];
  for (const [surface, same] of bySurface) {
    const [first] = same;
    if (surface === '' || same.some(({ key }) => key !== first!.key)) continue;
    const isException = same.some((pair) => !isExplained(pair, format, reader));
    if (isException && !isReadable(first!, format, reader)) entries.push([surface, first!.value]);
  }
  return Object.fromEntries(entries);
}

function isExplained(pair: CountedPair, format: ValueFormat, reader: Reader): boolean {
  return countReproduced([pair], format, reader) > 0;
}

/** What counts from a reference date, or can be read and says something else, must not be learnt by heart. */
function isReadable(
  { surface, reference }: CountedPair,
  format: ValueFormat,
  reader: Reader,
): boolean {
  if (format.kind === 'listed') return false;
  if (format.kind === 'text') {
    const parts = reader.read('date', surface)?.parts;
    return parts !== undefined && (parts.r ?? parts.u ?? parts.w) !== undefined;
  }
  const { fallback: _, ...strict } = format;
  const result = normaliseBy({ format: strict, aliases: {} }, surface, reader, reference);
  return 'value' in result || result.problem === 'needs-reference-date';
}
