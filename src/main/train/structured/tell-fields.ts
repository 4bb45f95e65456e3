import type { FieldLearning } from '../../../shared/contract/train.ts';
import type { Lesson } from './learn.ts';

/** How each field is learnt, and how many of its values stand in the texts. */
export function tellFields({ plan, slots }: Pick<Lesson, 'plan' | 'slots'>): FieldLearning[] {
  return slots.map(({ slot, valueCount, values, countByKind: kinds }) => ({
    name: plan.form.slots[slot]!.name,
    mode: plan.slots[slot]!.mode,
    values: valueCount,
    distinct: values.length,
    verbatim: kinds.exact + kinds.folded,
    rewritten: kinds.normalised + kinds.alias,
    unclear: kinds.ambiguous + kinds.fuzzy,
    absent: kinds.absent,
  }));
}
