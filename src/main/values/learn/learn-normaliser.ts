import type { Form, Slot } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Reader } from '../normaliser/reader.ts';
import {
  letterCases,
  type NormaliserSpec,
  type SlotNormaliser,
  type ValueFormat,
} from '../normaliser/spec.ts';
import { booleans } from '../tables/english.ts';
import { tables } from '../tables/tables.ts';
import { fold } from '../text/fold.ts';
import { type CountedValue, learnDateFormats, tallyTemplates } from './date-formats.ts';
import {
  learnJsonNumberFormats,
  learnTextNumberFormats,
  parseWrittenNumber,
} from './number-formats.ts';
import { type CountedPair, countPairs, countReproduced, learnAliases, type Pair } from './pair.ts';

/** Distinct pairs that a slot's format is chosen on, at most: the most frequent. */
const MAX_PAIRS = 2_000;
/** A text slot is a slot of dates, times or numbers when this share of its values is. */
const MOSTLY = 0.8;

/**
 * Chooses, for each slot, how a surface becomes a value: what gives back the most of the pairs. `values` are all that
 * the teacher wrote, found in the text or not: they show how it writes. Shapes: `values` as `form.slots`.
 */
export function learnNormaliser(
  pairs: readonly Pair[],
  values: readonly (readonly CountedValue[])[],
  form: Form,
  reader: Reader,
): NormaliserSpec {
  const bySlot = Map.groupBy(pairs, ({ slot }) => slot);
  const counted = form.slots.map((_, i) => countPairs(bySlot.get(i) ?? []));
  const slots = form.slots.map((slot, i) => learnSlot(slot, values[i]!, counted[i]!, reader));
  return { version: 1, tables, slots: shareAliases(slots, values, counted) };
}

/** What is known of a surface in one slot of texts holds in others that have the same value and say nothing else. */
function shareAliases(
  slots: readonly SlotNormaliser[],
  values: readonly (readonly CountedValue[])[],
  pairs: readonly (readonly CountedPair[])[],
): SlotNormaliser[] {
  const known = slots
    .filter(({ format }) => format.kind === 'text')
    .flatMap(({ aliases }) => Object.entries(aliases));
  return slots.map((slot, i) => {
    if (slot.format.kind !== 'text' || known.length === 0) return slot;
    const own = new Set(pairs[i]!.map(({ surface }) => fold(surface)));
    const possible = new Set(values[i]!.map(({ value }) => value));
    const shared = known.filter(([surface, value]) => !own.has(surface) && possible.has(value));
    return { ...slot, aliases: { ...Object.fromEntries(shared), ...slot.aliases } };
  });
}

function learnSlot(
  slot: Slot,
  values: readonly CountedValue[],
  pairs: readonly CountedPair[],
  reader: Reader,
): SlotNormaliser {
  const sample = pairs.slice(0, MAX_PAIRS);
  let format: ValueFormat = { kind: 'listed' };
  let most = -1;
  for (const candidate of candidateFormats(slot, values, sample, reader)) {
    const count = countReproduced(sample, candidate, reader);
    if (count > most) [format, most] = [candidate, count];
  }
  const aliases = { ...listedAliases(slot), ...learnAliases(pairs, format, reader) };
  const pairCount = pairs.reduce((sum, { count }) => sum + count, 0);
  const reproduced = countReproduced(pairs, format, reader, aliases);
  return {
    name: slot.name,
    format,
    aliases,
    pairCount,
    reproducedShare: pairCount === 0 ? 1 : reproduced / pairCount,
  };
}

/** What may be the slot's format; of equally good ones the first is taken. */
function candidateFormats(
  slot: Slot,
  values: readonly CountedValue[],
  pairs: readonly CountedPair[],
  reader: Reader,
): readonly ValueFormat[] {
  switch (slot.type) {
    case 'enum':
    case 'boolean':
      return [{ kind: 'listed' }];
    case 'integer':
    case 'number':
      return learnJsonNumberFormats(slot, pairs, reader);
    case 'date':
    case 'time':
    case 'date-time':
      return learnDateFormats(slot.type, values, pairs, reader);
    case 'string':
      return textFormats(values, pairs, reader);
  }
}

/** A slot of text may hold dates, times or numbers that are always written in one way. */
function textFormats(
  values: readonly CountedValue[],
  pairs: readonly CountedPair[],
  reader: Reader,
): readonly ValueFormat[] {
  const plain: ValueFormat[] = letterCases.map((letterCase) => ({ kind: 'text', letterCase }));
  const special: ValueFormat[] = [];
  for (const kind of ['date', 'time', 'date-time'] as const) {
    const { readableCount, valueCount } = tallyTemplates(kind, values);
    if (valueCount > 0 && readableCount >= MOSTLY * valueCount)
      special.push(...learnDateFormats(kind, values, pairs, reader));
  }
  if (special.length === 0 && shareOfNumbers(values) >= MOSTLY)
    special.push(...learnTextNumberFormats(values));
  return [...special.map((format) => ({ ...format, fallback: 'as-written' as const })), ...plain];
}

function shareOfNumbers(values: readonly CountedValue[]): number {
  let numberCount = 0;
  let valueCount = 0;
  for (const { value, count } of values) {
    valueCount += count;
    if (typeof value === 'string' && parseWrittenNumber(value)) numberCount += count;
  }
  return valueCount === 0 ? 0 : numberCount / valueCount;
}

/** The names of an enum's values, and the words for yes and no. */
function listedAliases({ type, choices }: Slot): Record<string, Json> {
  if (type === 'boolean') return booleans;
  return Object.fromEntries(choices.map((choice) => [fold(String(choice)), choice]));
}
