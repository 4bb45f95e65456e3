import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FieldLearning, StudentLine } from '../../../shared/contract/train.ts';
import { count, counted, percent } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { useForm } from '../../lib/use-form.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableDialog } from './TableDialog.tsx';
import classes from './Train.module.css';

const modeWords = {
  span: () => 'read from the text',
  choice: ({ distinct }) => `chosen among ${counted(distinct, 'known value')}`,
  choices: ({ distinct }) => `any of ${counted(distinct, 'known value')}`,
  lookup: ({ lookup }) => `filled from ${lookup?.table} by ${lookup?.by}`,
  unlearnable: () => 'not learnt',
} as const satisfies Record<FieldLearning['mode'], (field: FieldLearning) => string>;

const cell = (n: number, { values }: FieldLearning) =>
  n === 0 ? '–' : `${count(n)} (${percent(n / values, 0)})`;

/** Above this share of values that are not in their texts, records that need the field deserve a look. */
const MANY_ABSENT = 0.1;

/** How the newest student learns each field, from which values, and what to do about those it cannot learn. */
export function FieldsLearnt({ students }: { readonly students: readonly StudentLine[] }) {
  const form = useForm();
  const lookups = useCall('lookup.list', {});
  const [filling, setFilling] = useState<string>();
  const newest = students[0];
  const fields = newest?.fields ?? [];
  if (!newest || fields.length === 0) return null;
  const unlearnt = fields.filter(({ mode }) => mode === 'unlearnable');
  const needed = unlearnt.filter(({ isNeeded }) => isNeeded);
  const guessed = fields.filter(
    ({ mode, absent, values }) => mode === 'span' && values > 0 && absent / values > MANY_ABSENT,
  );
  const isFilled = ({ name }: FieldLearning) =>
    lookups.data?.some(({ field }) => field === name) ?? false;
  return (
    <Panel title="How the newest student learns each field">
      {unlearnt.length > 0 && (
        <p className={classes.advice}>
          <GateMark state="warned" word="" /> Not learnt: {namesOf(unlearnt)}. The values stand in
          too few of the texts to be read, and are too many to be chosen among. A student never
          invents them: let a person fill them in, or fill them from a table of yours by what the
          student does find.{' '}
          {needed.length > 0 &&
            `The schema requires ${namesOf(needed)}: until a table fills that, no answer with it is whole, and each goes to a person.`}
        </p>
      )}
      {guessed.length > 0 && (
        <p className={classes.advice}>
          <GateMark state="warned" word="" /> Often not in the text: {namesOf(guessed)}. Those
          values are left out of training. Check some in Review: they may be made up, or known from
          elsewhere.
        </p>
      )}
      <PlainTable
        label="How each field is learnt"
        rows={fields}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Field', cell: ({ name }) => name },
          {
            title: 'How',
            cell: (field) =>
              field.mode === 'unlearnable' ? (
                <>
                  <GateMark state="warned" word={modeWords.unlearnable()} />{' '}
                  {isFilled(field) ? (
                    'by the newest student; the next one fills it from its table'
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => setFilling(field.name)}
                    >
                      Fill from a table…
                      <span className="visually-hidden"> for {field.name}</span>
                    </Button>
                  )}
                </>
              ) : (
                modeWords[field.mode](field)
              ),
          },
          { title: 'Values', isNumber: true, cell: ({ values }) => count(values) },
          { title: 'Different', isNumber: true, cell: ({ distinct }) => count(distinct) },
          {
            title: 'In the text as written',
            isNumber: true,
            cell: (field) => cell(field.verbatim, field),
          },
          {
            title: 'In other words',
            isNumber: true,
            cell: (field) => cell(field.rewritten, field),
          },
          { title: 'Place unclear', isNumber: true, cell: (field) => cell(field.unclear, field) },
          { title: 'Not in the text', isNumber: true, cell: (field) => cell(field.absent, field) },
        ]}
      />
      {form && filling !== undefined && (
        <TableDialog form={form} field={filling} onClose={() => setFilling(undefined)} />
      )}
    </Panel>
  );
}

const namesOf = (fields: readonly FieldLearning[]) => fields.map(({ name }) => name).join(', ');
