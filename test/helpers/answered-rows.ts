import type { AnsweredRow } from '../../src/main/train/structured/gather-rows.ts';
import type { StructuredRow } from '../../src/main/train/structured/structured-student.ts';
import type { SlotValue } from '../../src/shared/domain/form/form.ts';
import { putTogether } from '../../src/shared/domain/form/put-together.ts';
import { smallPlan } from './small-form-set.ts';

/** A row of the small set of forms as the project would hold it. */
export function toAnswered(
  { input, frame, spans, choices }: StructuredRow,
  exampleId: number,
): AnsweredRow {
  const { slots, form } = smallPlan;
  const values: SlotValue[] = [
    ...spans.map(({ slot, start, end }) => ({ slot, value: input.text.slice(start, end) })),
    ...choices.flatMap(({ slot, chosen }) => {
      const plan = slots[slot]!;
      return 'choices' in plan ? chosen.map((c) => ({ slot, value: plan.choices[c]! })) : [];
    }),
  ];
  const filled = { frame, values };
  const output = putTogether(
    form,
    filled,
    form.slots.map(() => 'omit' as const),
  );
  const about = {
    contentHash: String(exampleId),
    isHuman: true,
    group: String(exampleId),
    weight: 1,
  };
  return { exampleId, input, output, given: output, filled, ...about };
}
