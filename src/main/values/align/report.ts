import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import {
  type AlignedValue,
  type AlignmentKind,
  alignmentKinds,
  type SlotReport,
  sureKinds,
} from '../alignment.ts';

/** Counts, for each slot, how its values were found. `isGivenBack` tells whether a found span yields the value again. */
export function reportSlots(
  form: Form,
  rows: readonly (readonly AlignedValue[])[],
  isGivenBack: (value: AlignedValue, row: number) => boolean,
): SlotReport[] {
  const tallies = form.slots.map(() => ({
    countByKind: Object.fromEntries(alignmentKinds.map((kind) => [kind, 0])) as Record<
      AlignmentKind,
      number
    >,
    learnableCount: 0,
    values: new Map<string, { value: Json; count: number }>(),
  }));
  for (const [row, values] of rows.entries())
    for (const aligned of values) {
      const tally = tallies[aligned.slot]!;
      tally.countByKind[aligned.kind]++;
      if (aligned.kind === 'empty') continue;
      if (sureKinds.has(aligned.kind) && isGivenBack(aligned, row)) tally.learnableCount++;
      const key = canonicalJson(aligned.value);
      const entry = tally.values.get(key);
      if (entry) entry.count++;
      else tally.values.set(key, { value: aligned.value, count: 1 });
    }
  return tallies.map(({ countByKind, learnableCount, values }, slot) => {
    const valueCount = alignmentKinds.reduce(
      (sum, kind) => sum + (kind === 'empty' ? 0 : countByKind[kind]),
      0,
    );
    return {
      slot,
      valueCount,
      countByKind,
      learnableShare: valueCount === 0 ? 0 : learnableCount / valueCount,
      values: [...values.values()].sort((a, b) => b.count - a.count),
    };
  });
}
