import type { UnknownLabel } from '../../../shared/contract/collect.ts';
import { count } from '../../lib/format.ts';
import { AddLabels } from '../../ui/AddLabels.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Collect.module.css';

const SHOWN = 20;

/** Labels of the file that the project does not have: a word that was forgotten, or a slip of the keyboard. */
export function UnknownLabels({ labels }: { readonly labels: readonly UnknownLabel[] }) {
  if (labels.length === 0) return null;
  return (
    <section className={classes.unknown} aria-label="Labels that the project does not have">
      <PlainTable
        label="Labels that the project does not have"
        rows={labels.slice(0, SHOWN)}
        keyOf={({ label }) => label}
        columns={[
          { title: 'Label that the project does not have', cell: ({ label }) => label },
          { title: 'Rows', isNumber: true, cell: ({ rows }) => count(rows) },
        ]}
      />
      {labels.length > SHOWN && (
        <p className={classes.format}>and {count(labels.length - SHOWN)} more</p>
      )}
      <AddLabels labels={labels.map(({ label }) => label)} />
    </section>
  );
}
