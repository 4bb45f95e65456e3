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

/** What the normaliser says of an aligned value's surface. */
export interface Check {
  /** Whether it gives the value back, or might if there were a reference date. */
  readonly isGivenBack: boolean;
  readonly isRelative: boolean;
}

/** Tells, for each slot, how its values were found. */
export function reportSlots(
  values: readonly (readonly CountedValue[])[],
  rows: readonly (readonly AlignedValue[])[],
  check: (value: AlignedValue, row: number) => Check,
): SlotReport[] {
  const tallies = values.map(() => ({
    kinds: Object.fromEntries(alignmentKinds.map((kind) => [kind, 0])),
    learnableCount: 0,
    relativeCount: 0,
  }));
  for (const [row, aligned] of rows.entries())
    for (const value of aligned) {
      const tally = tallies[value.slot]!;
      tally.kinds[value.kind]!++;
      if (!sureKinds.has(value.kind)) continue;
      const { isGivenBack, isRelative } = check(value, row);
      if (isGivenBack) tally.learnableCount++;
      if (isRelative) tally.relativeCount++;
    }
  return values.map((distinct, slot) => {
    const { kinds, learnableCount, relativeCount } = tallies[slot]!;
    const valueCount = distinct.reduce((sum, { count }) => sum + count, 0);
    const share = (count: number) => (valueCount === 0 ? 0 : count / valueCount);
    return {
      slot,
      valueCount,
      countByKind: kinds as Record<AlignmentKind, number>,
      learnableShare: share(learnableCount),
      relativeShare: share(relativeCount),
      values: distinct,
    };
  });
}
