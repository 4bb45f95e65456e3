import { Fragment } from 'react';
import type { Json } from '../../../shared/domain/json.ts';
import { noCall } from '../../../shared/domain/tools.ts';
import { outputText, readOutput, valueText } from '../../lib/output.ts';
import { useForm } from '../../lib/use-form.ts';
import classes from './Value.module.css';

/** An output on one line, for cells of tables and for sentences. */
export function OutputLine({ output }: { readonly output: Json }) {
  const form = useForm();
  const shown = readOutput(output, form);
  if (!shown) return <span>{outputText(output)}</span>;
  const { callee, fields } = shown;
  return (
    <span className={classes.line} data-record title={outputText(output, form)}>
      {callee === null ? (
        <em>{noCall}</em>
      ) : (
        callee && <strong className={classes.callee}>{callee}</strong>
      )}
      {callee && fields.length > 0 && ' · '}
      {fields.map(({ label, value, slot }, index) => (
        <Fragment key={label}>
          {index > 0 && ', '}
          <span className={classes.name}>{label}:</span>{' '}
          {valueText(value, slot === undefined ? undefined : form?.slots[slot])}
        </Fragment>
      ))}
    </span>
  );
}
