import type { FormPlan, StructuredRow } from '../structured-student.ts';

/** The columns of the choice scores that are one slot's. */
export interface ChoiceHead {
  readonly slot: number;
  readonly start: number;
  /** Of a head that takes one: the choices, and last of all "absent". */
  readonly count: number;
  /** Each column is a question of its own. */
  readonly takesMany: boolean;
}

/** The slots of a plan that are given by choice, side by side. */
export interface ChoiceHeads {
  readonly heads: readonly ChoiceHead[];
  /** For each frame, then for "no call", the indices of its heads. */
  readonly ofFrames: readonly (readonly number[])[];
  /** C */
  readonly columnCount: number;
}

export function createChoiceHeads({ form, slots }: FormPlan): ChoiceHeads {
  const heads: ChoiceHead[] = [];
  let columnCount = 0;
  for (const [slot, plan] of slots.entries()) {
    if (plan.mode !== 'choice' && plan.mode !== 'choices') continue;
    const takesMany = plan.mode === 'choices';
    const count = plan.choices.length + (takesMany ? 0 : 1);
    heads.push({ slot, start: columnCount, count, takesMany });
    columnCount += count;
  }
  return {
    heads,
    ofFrames: [
      ...form.frames.map((frame) =>
        [...heads.keys()].filter((head) => frame.slots.includes(heads[head]!.slot)),
      ),
      [],
    ],
    columnCount,
  };
}

/** The columns that are right for a row, for each head of its frame. */
export function toColumns({ heads, ofFrames }: ChoiceHeads, { frame, choices }: StructuredRow) {
  return ofFrames[frame]!.flatMap((index) => {
    const { slot, start, count, takesMany } = heads[index]!;
    const chosen = choices.find((choice) => choice.slot === slot)?.chosen ?? [];
    if (chosen.length === 0 && !takesMany) return [start + count - 1];
    return chosen.map((choice) => start + choice);
  });
}
