import { findMissing } from '../../../shared/domain/form/find-missing.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { leaveOut } from '../../../shared/domain/form/leave-out.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { noCall } from '../../../shared/domain/tools.ts';
import { percent } from '../../lib/format.ts';
import {
  labelOf,
  notFound,
  outputText,
  readOutput,
  type ShownField,
  valueText,
} from '../../lib/output.ts';
import { useForm } from '../../lib/use-form.ts';
import { toneOf } from './use-located.ts';
import classes from './Value.module.css';

/** What is known of a field beyond its value, such as how sure a student is of it. */
export interface FieldNote {
  /** The slot's name in the form. */
  readonly name: string;
  readonly confidence?: number;
  readonly words?: string;
}

interface Props {
  readonly output: Json;
  readonly notes?: readonly FieldNote[];
  /** Names of fields that the text does not give: what stands for them is not shown. */
  readonly missing?: readonly string[];
}

/** An output in full: the function, then its fields in the schema's order, and what is missing. */
export function OutputFields({ output, notes = [], missing = [] }: Props) {
  const form = useForm();
  const shown = readOutput(form ? leaveOut(form, output, missing) : output, form);
  if (!form || !shown) return <span className={classes.plain}>{outputText(output)}</span>;
  const { callee, fields } = shown;
  const lacking =
    missing.length > 0
      ? missing.map((name) => ({ label: labelOf(form, name), words: notFound }))
      : missingLabels(form, output).map((label) => ({ label, words: 'missing, and required' }));
  const noteOf = ({ slot }: ShownField) =>
    notes.filter(({ name }) => slot !== undefined && form.slots[slot]!.name === name);
  return (
    <div className={classes.output}>
      {callee !== undefined && (
        <p className={classes.head}>
          {callee === null ? (
            <em>{noCall}</em>
          ) : (
            <strong className={classes.callee}>{callee}</strong>
          )}
        </p>
      )}
      {fields.length + lacking.length > 0 ? (
        <dl className={classes.fields} data-record>
          {fields.map((field) => (
            <div key={field.label} className={classes.field}>
              <dt>
                <span
                  className={classes.key}
                  data-tone={field.slot === undefined ? undefined : toneOf(form, field.slot)}
                >
                  {field.label}
                </span>
              </dt>
              <dd>
                {valueText(
                  field.value,
                  field.slot === undefined ? undefined : form.slots[field.slot],
                )}
                {field.slot === undefined && (
                  <span className={classes.caution}> not in the schema</span>
                )}
                {noteOf(field).map(({ confidence, words }) => (
                  <span key={`${confidence} ${words}`} className={classes.note}>
                    {confidence !== undefined && ` ${percent(confidence, 0)} sure`}
                    {words && ` ${words}`}
                  </span>
                ))}
              </dd>
            </div>
          ))}
          {lacking.map(({ label, words }) => (
            <div key={label} className={classes.field}>
              <dt>{label}</dt>
              <dd className={classes.caution}>{words}</dd>
            </div>
          ))}
        </dl>
      ) : (
        callee !== null && <p className={classes.note}>no fields</p>
      )}
    </div>
  );
}

function missingLabels(form: Form, output: Json): string[] {
  const filled = takeApart(form, output);
  return filled ? findMissing(form, filled).map((slot) => form.slots[slot]!.path.join('.')) : [];
}
