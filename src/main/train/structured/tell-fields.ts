import type { FieldLearning } from '../../../shared/contract/train.ts';
import { fewestValues } from '../../../shared/domain/form/fewest-values.ts';
import type { AnsweredRow } from './gather-rows.ts';
import type { Lesson } from './learn.ts';
import { listLookups } from './list-lookups.ts';

/** How each field is learnt, and how many of its values stand in the texts. */
export function tellFields(
  { plan, slots }: Pick<Lesson, 'plan' | 'slots'>,
  rows: readonly AnsweredRow[],
): FieldLearning[] {
  const lookups = listLookups(plan);
  return slots.map(({ slot, valueCount, values, countByKind: kinds }) => {
    const shape = plan.form.slots[slot]!;
    const { name } = shape;
    const isRequired = plan.form.frames.some(({ required }) => required.includes(slot));
    const lookup = lookups.find(({ field }) => field === name);
    // Training looks at none of the values that a table fills.
    const given = lookup ? listValues(rows, slot) : undefined;
    return {
      name,
      mode: plan.slots[slot]!.mode,
      isNeeded: isRequired && fewestValues(shape) > 0,
      ...(lookup && { lookup: { table: lookup.name, by: lookup.by } }),
      values: given?.length ?? valueCount,
      distinct: given ? new Set(given).size : values.length,
      verbatim: kinds.exact + kinds.folded,
      rewritten: kinds.normalised + kinds.alias,
      unclear: kinds.ambiguous + kinds.fuzzy,
      absent: kinds.absent,
    };
  });
}

const listValues = (rows: readonly AnsweredRow[], slot: number) =>
  rows.flatMap(({ filled }) =>
    filled.values.flatMap((own) =>
      own.slot === slot && own.value !== null ? [JSON.stringify(own.value)] : [],
    ),
  );
