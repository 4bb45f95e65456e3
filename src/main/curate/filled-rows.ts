import { isHeldOut } from '../../shared/domain/example.ts';
import { compileForm } from '../../shared/domain/form/compile-form.ts';
import type { FilledForm, Form } from '../../shared/domain/form/form.ts';
import { takeApart } from '../../shared/domain/form/take-apart.ts';
import type { Example } from '../store/examples.ts';
import { toInput } from '../store/to-input.ts';
import type { AlignRow } from '../values/alignment.ts';
import type { CheckContext } from './check.ts';

/** Rows with an output that fits the task, taken apart; undefined where outputs have no fields. */
export function filledRows({ task, examples }: CheckContext):
  | {
      readonly form: Form;
      readonly rows: readonly { readonly example: Example; readonly filled: FilledForm }[];
      /** Whether a row has a say in what is usual; held-out ones are judged and judge nobody. */
      isWitness(row: number): boolean;
    }
  | undefined {
  if (task.kind !== 'extract' && task.kind !== 'tools') return undefined;
  const form = compileForm(task);
  const rows = examples.flatMap((example) => {
    const { label, status } = example;
    const isUsable = label?.isValid && status !== 'rejected';
    const filled = isUsable ? takeApart(form, label.output) : undefined;
    return filled ? [{ example, filled }] : [];
  });
  return { form, rows, isWitness: (row) => !isHeldOut(rows[row]!.example) };
}

/** A row as the values layer reads it. */
export function toAlignRow({
  example,
  filled,
}: {
  readonly example: Example;
  readonly filled: FilledForm;
}): AlignRow {
  const { text, context, referenceDate } = toInput(example);
  return {
    text,
    ...(context && { context }),
    ...(referenceDate && { referenceDate }),
    ...filled,
  };
}
