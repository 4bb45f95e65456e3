import type { Form } from '../../../shared/domain/form/form.ts';
import { leaveOut } from '../../../shared/domain/form/leave-out.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import { noCall } from '../../../shared/domain/tools.ts';
import { labelOf, notFound, readOutput, type ShownField, valueText } from '../../lib/output.ts';

/** One field of two outputs; a side without it has no text. */
export interface ComparedField {
  readonly label: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly isSame: boolean;
}

/**
 * Two outputs field by field, in the schema's order; of calls the function comes first. `missing` names fields that the
 * text did not give to the second: what stands for them is not shown.
 */
export function compareOutputs(
  first: Json,
  second: Json,
  form: Form | undefined,
  missing: readonly string[] = [],
): ComparedField[] {
  const one = readOutput(first, form);
  const other = readOutput(form ? leaveOut(form, second, missing) : second, form);
  const lacking = form ? missing.map((name) => labelOf(form, name)) : [];
  const rows: ComparedField[] = [];
  if (form?.hasNone) {
    const [a, b] = [one, other].map((shown) => shown?.callee ?? noCall) as [string, string];
    rows.push({ label: 'function', first: a, second: b, isSame: a === b });
  }
  const fieldsOf = (shown: typeof one) =>
    new Map(shown?.fields.map((field) => [field.label, field]));
  const left = fieldsOf(one);
  const right = fieldsOf(other);
  const placeOf = (label: string) => left.get(label)?.slot ?? right.get(label)?.slot ?? Infinity;
  const words = (field: ShownField | undefined) =>
    field && valueText(field.value, field.slot === undefined ? undefined : form?.slots[field.slot]);
  const labels = [...new Set([...left.keys(), ...right.keys(), ...lacking])];
  for (const label of labels.toSorted((a, b) => placeOf(a) - placeOf(b) || 0)) {
    const [a, b] = [left.get(label), right.get(label)];
    rows.push({
      label,
      first: words(a),
      second: lacking.includes(label) ? notFound : words(b),
      isSame:
        a !== undefined && b !== undefined && canonicalJson(a.value) === canonicalJson(b.value),
    });
  }
  return rows;
}
