import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Form } from '../../../shared/domain/form/form.ts';
import { count } from '../../lib/format.ts';
import { labelOf } from '../../lib/output.ts';
import { useCall } from '../../lib/query.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { RemoveTableDialog } from './RemoveTableDialog.tsx';
import classes from './Train.module.css';

/** The tables that fill fields: what each fills, by what, and what it cannot tell. */
export function Tables({ form }: { readonly form: Form }) {
  const lookups = useCall('lookup.list', {});
  const [going, setGoing] = useState<string | null>(null);
  if (!lookups.data || lookups.data.length === 0) return null;
  return (
    <Panel title="Filled from tables">
      <p className={classes.advice}>
        What stands in these tables is looked up when the student answers. It is never learnt, stays
        in this project, and no teacher sees it. A key with several values fills nothing.
      </p>
      <RemoveTableDialog name={going} onClose={() => setGoing(null)} />
      <PlainTable
        label="Tables that fill fields"
        rows={lookups.data}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Table', cell: ({ name }) => name },
          { title: 'Fills', cell: ({ field }) => labelOf(form, field) },
          { title: 'By', cell: ({ by }) => labelOf(form, by) },
          { title: 'Keys', isNumber: true, cell: ({ keys }) => count(keys) },
          {
            title: 'With several values',
            isNumber: true,
            cell: ({ ambiguous }) => count(ambiguous),
          },
          { title: 'File', cell: ({ fileName }) => fileName },
          {
            title: 'Remove',
            cell: ({ name }) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Remove the table ${name}`}
                onClick={() => setGoing(name)}
              >
                Remove…
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}
