import type { FormPlan } from '../../structured-student.ts';

/** A question that is answered by choosing: which frame, or what a slot's value is. Its scores are columns of one table. */
export interface Head {
  /** The slot, or -1 for the frame. */
  readonly slot: number;
  /** `one` of the answers; or for each of them whether it applies. */
  readonly mode: 'one' | 'many';
  /** Its scores are the columns from here on. */
  readonly from: number;
  /** How many answers there are; for a slot of mode `one` the last is "absent". */
  readonly size: number;
}

/** The heads of a plan, the frame's first. One frame and no "no call" leave nothing to ask about the frame: size 1. */
export function planHeads({ form, slots }: FormPlan): readonly Head[] {
  const heads: Head[] = [
    { slot: -1, mode: 'one', from: 0, size: form.frames.length + (form.hasNone ? 1 : 0) },
  ];
  slots.forEach((plan, slot) => {
    if (plan.mode !== 'choice' && plan.mode !== 'choices') return;
    const from = heads.at(-1)!.from + heads.at(-1)!.size;
    heads.push(
      plan.mode === 'choice'
        ? { slot, mode: 'one', from, size: plan.choices.length + 1 }
        : { slot, mode: 'many', from, size: plan.choices.length },
    );
  });
  return heads;
}

/** Number of columns of all heads together. */
export const countColumns = (heads: readonly Head[]) => heads.at(-1)!.from + heads.at(-1)!.size;
