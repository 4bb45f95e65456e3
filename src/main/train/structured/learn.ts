import type { EmptyForm } from '../../../shared/domain/form/empty-form.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import type { FindInTable, Lookup } from '../../../shared/domain/lookup.ts';
import { alignRows } from '../../values/align/align-rows.ts';
import type { SlotReport } from '../../values/alignment.ts';
import type { NormaliserSpec } from '../../values/normaliser/spec.ts';
import { learnEmptyForms } from './empty-forms.ts';
import type { AnsweredRow } from './gather-rows.ts';
import { planForm } from './plan-form.ts';
import type { FormPlan, StructuredSet } from './structured-student.ts';
import { toStructuredSet } from './to-set.ts';

/** What answered rows teach before any model is trained: where values stand, and how they are written. */
export interface Lesson {
  readonly plan: FormPlan;
  readonly set: StructuredSet;
  readonly empty: readonly EmptyForm[];
  readonly normaliser: NormaliserSpec;
  readonly slots: readonly SlotReport[];
  readonly find: FindInTable;
}

/** Tables that fill fields, and what they say. */
export interface Tables {
  readonly lookups: readonly Lookup[];
  readonly find: FindInTable;
}

/** Of a field that a table fills no value is looked at, so that no fact of it comes into a student. */
export function learnRows(
  form: Form,
  rows: readonly AnsweredRow[],
  { lookups, find }: Tables,
): Lesson {
  const isFilled = new Set(
    lookups.map(({ field }) => form.slots.findIndex(({ name }) => name === field)),
  );
  const {
    rows: aligned,
    slots,
    normaliser,
  } = alignRows(
    rows.map(({ input, filled }) => ({
      text: input.text,
      ...(input.context && { context: input.context }),
      ...(input.referenceDate && { referenceDate: input.referenceDate }),
      frame: filled.frame,
      values: filled.values.filter(({ slot }) => !isFilled.has(slot)),
    })),
    form,
  );
  const plan = planForm(form, slots, lookups);
  return {
    plan,
    set: toStructuredSet(plan, rows, aligned),
    empty: learnEmptyForms(form, rows),
    normaliser,
    slots,
    find,
  };
}
