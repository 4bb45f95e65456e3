import type { formMethods } from '../../../shared/contract/form.ts';
import { compileForm } from '../../../shared/domain/form/compile-form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import { createOutputValidator } from '../../lib/output-validity.ts';
import type { Store } from '../../store/store.ts';
import { toInput } from '../../store/to-input.ts';
import { alignRows } from '../../values/align/align-rows.ts';
import { type AlignmentKind, sureKinds } from '../../values/alignment.ts';
import type { HandlersOf } from '../session-context.ts';

/** Kinds of values that stand somewhere in the text, if only at an unclear place. */
const thereKinds: ReadonlySet<AlignmentKind> = new Set([...sureKinds, 'ambiguous']);

export const formHandlers: HandlersOf<typeof formMethods> = {
  'form.locate'(context, { items }) {
    const { store, task } = context.project();
    if (task.kind !== 'extract' && task.kind !== 'tools') return items.map(() => []);
    const form = compileForm(task);
    // An output that does not fit the form has no values to look for.
    const nothing = { frame: 0, values: [] };
    const rows = items.map(({ text, output, record }) => ({
      text,
      ...dayOf(store, record),
      ...(takeApart(form, output) ?? nothing),
    }));
    return alignRows(rows, form).rows.map((values) =>
      values.map(({ slot, value, kind, span }) => ({
        name: form.slots[slot]!.name,
        value,
        ...(span && { span }),
        isThere: thereKinds.has(kind),
      })),
    );
  },
  'form.check'(context, { output }) {
    return { problems: createOutputValidator(context.project().task)(output) };
  },
};

/** The day of a record, where it has one. */
function dayOf({ examples }: Store, record: string | undefined): { referenceDate?: string } {
  const found = record === undefined ? undefined : examples.findByExternalId(record);
  const example = found && examples.get(found.id);
  const { referenceDate } = example ? toInput(example) : {};
  return referenceDate ? { referenceDate } : {};
}
