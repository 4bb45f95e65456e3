import { AppError } from '../../errors.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Task } from '../task.ts';
import { compileForm } from './compile-form.ts';
import { takeApart } from './take-apart.ts';

/** Whether two outputs say the same. */
export type Agreement = (a: Json, b: Json) => boolean;

/**
 * Compares outputs: as wholes, or, with fields named, by these alone and by the function that is called.
 * @throws AppError `app.usage` for a field that the task does not have
 */
export function createAgreement(task: Task, fields: readonly string[]): Agreement {
  if (fields.length === 0) return (a, b) => canonicalJson(a) === canonicalJson(b);
  const form =
    task.kind === 'extract' || task.kind === 'tools'
      ? compileForm(task)
      : { slots: [], frames: [], hasNone: false };
  const known = form.slots.map(({ name }) => name);
  const unknown = fields.find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new AppError(
      'app.usage',
      known.length === 0
        ? 'Outputs of this task have no fields, so none can be critical.'
        : `The task has no field "${unknown}". Its fields: ${known.join(', ')}.`,
    );
  const isCritical = form.slots.map(({ name }) => fields.includes(name));
  const reduce = (output: Json): string => {
    const filled = takeApart(form, output);
    if (!filled) return canonicalJson(output);
    const values = filled.values.filter(({ slot, value }) => isCritical[slot] && value !== null);
    return canonicalJson([filled.frame, ...values.map(({ slot, value }) => [slot, value])]);
  };
  return (a, b) => reduce(a) === reduce(b);
}
