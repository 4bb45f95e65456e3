import type { Form } from '../../../shared/domain/form/form.ts';
import type { EmptyForm } from '../../../shared/domain/form/put-together.ts';
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
}

export function learnRows(form: Form, rows: readonly AnsweredRow[]): Lesson {
  const {
    rows: aligned,
    slots,
    normaliser,
  } = alignRows(
    rows.map(({ input, filled }) => ({
      text: input.text,
      ...(input.context && { context: input.context }),
      ...(input.referenceDate && { referenceDate: input.referenceDate }),
      ...filled,
    })),
    form,
  );
  const plan = planForm(form, slots);
  return {
    plan,
    set: toStructuredSet(plan, rows, aligned),
    empty: learnEmptyForms(form, rows),
    normaliser,
    slots,
  };
}
