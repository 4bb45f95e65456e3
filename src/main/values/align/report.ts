import type { Form, SlotValue } from '../../../shared/domain/form/form.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import {
  type AlignedValue,
  type AlignmentKind,
  alignmentKinds,
  type SlotReport,
  sureKinds,
} from '../alignment.ts';
import type { CountedValue } from '../learn/date-formats.ts';

/** Distinct values of each slot that are not empty, most frequent first. Shapes: as `form.slots`. */
export function countValues(
  form: Form,
  rows: readonly { readonly values: readonly SlotValue[] }[],
): CountedValue[][] {
  const counts = form.slots.map(() => new Map<string, { value: Json; count: number }>());
  for (const { values } of rows)
    for (const { slot, value } of values) {
      if (value === null || value === '') continue;
      const key = canonicalJson(value);
      const known = counts[slot]!.get(key);
      if (known) known.count++;
      else counts[slot]!.set(key, { value, count: 1 });
    }
  return counts.map((values) => [...values.values()].sort((a, b) => b.count - a.count));
}

/** Tells, for each slot, how its values were found. `isGivenBack`: whether a found span yields the value again. */
export function reportSlots(
  values: readonly (readonly CountedValue[])[],
  rows: readonly (readonly AlignedValue[])[],
  isGivenBack: (value: AlignedValue, row: number) => boolean,
): SlotReport[] {
  const kinds = values.map(() => Object.fromEntries(alignmentKinds.map((kind) => [kind, 0])));
  const learnable = values.map(() => 0);
  for (const [row, aligned] of rows.entries())
    for (const value of aligned) {
      const { slot, kind } = value;
      kinds[slot]![kind]!++;
      if (sureKinds.has(kind) && isGivenBack(value, row)) learnable[slot]!++;
    }
  return values.map((distinct, slot) => {
    const valueCount = distinct.reduce((sum, { count }) => sum + count, 0);
    return {
      slot,
      valueCount,
      countByKind: kinds[slot] as Record<AlignmentKind, number>,
      learnableShare: valueCount === 0 ? 0 : learnable[slot]! / valueCount,
      values: distinct,
    };
  });
}
