import { canonicalJson } from '../../../shared/domain/json.ts';
import { type AlignedValue, sureKinds } from '../../values/alignment.ts';
import type { AnsweredRow } from './gather-rows.ts';
import type {
  FormPlan,
  SlotChoice,
  SlotSpan,
  StructuredRow,
  StructuredSet,
} from './structured-student.ts';

/** Answered rows as students learn from them. Shapes: `aligned` as `rows`. */
export function toStructuredSet(
  plan: FormPlan,
  rows: readonly AnsweredRow[],
  aligned: readonly (readonly AlignedValue[])[],
): StructuredSet {
  const indexOf = plan.slots.map((slot) =>
    slot.mode === 'choice' || slot.mode === 'choices'
      ? new Map(slot.choices.map((choice, index) => [canonicalJson(choice), index]))
      : undefined,
  );
  return { plan, rows: rows.map((row, index) => toStructuredRow(row, aligned[index]!)) };

  function toStructuredRow(
    { input, filled, weight }: AnsweredRow,
    values: readonly AlignedValue[],
  ): StructuredRow {
    const given = values.filter(({ kind }) => kind !== 'empty');
    const inText = given.filter(({ slot }) => plan.slots[slot]!.mode === 'span');
    const isTagged = inText.every(({ kind, span }) => sureKinds.has(kind) && span !== undefined);
    const slots = plan.form.frames[filled.frame]?.slots ?? [];
    return {
      input,
      frame: filled.frame,
      spans: isTagged
        ? inText
            .map(({ slot, span }): SlotSpan => ({ slot, start: span!.start, end: span!.end }))
            .sort((a, b) => a.start - b.start)
        : [],
      isTagged,
      choices: slots.flatMap((slot) => toChoice(slot, given) ?? []),
      weight,
    };
  }

  /** Undefined for a slot that is not chosen, and for a value that is none of the choices. */
  function toChoice(slot: number, values: readonly AlignedValue[]): SlotChoice | undefined {
    const indices = indexOf[slot];
    if (!indices) return undefined;
    const chosen = values
      .filter((value) => value.slot === slot)
      .map(({ value }) => indices.get(canonicalJson(value)));
    if (!chosen.every((index) => index !== undefined)) return undefined;
    return { slot, chosen: [...new Set(chosen)].sort((a, b) => a - b) };
  }
}
