import { Button } from '@mantine/core';
import type { ImportOutcome } from '../../../shared/contract/collect.ts';
import { copyText } from '../../lib/desktop.ts';
import { count, counted } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Collect.module.css';
import { UnknownLabels } from './UnknownLabels.tsx';

const SHOWN = 50;

/** What became of the rows of a file. */
export function ImportSummary({ outcome }: { readonly outcome: ImportOutcome }) {
  const {
    imported,
    duplicates,
    reviewedAgain,
    refused,
    refusedTotal,
    invalidOutputs,
    unknownLabels,
  } = outcome;
  const copyReasons = () =>
    copyText(refused.map(({ line, reason, remedy }) => `${line}\t${reason}\t${remedy}`).join('\n'));
  return (
    <Panel
      title={`Imported ${count(imported)}, refused ${count(refusedTotal)}`}
      aside={
        refused.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => void copyReasons()}>
            Copy the reasons
          </Button>
        )
      }
    >
      <p className={classes.format}>
        {duplicates > 0 &&
          `${counted(duplicates, 'row')} ${duplicates === 1 ? 'was' : 'were'} here already. `}
        {reviewedAgain > 0 &&
          `${count(reviewedAgain)} of these got the decision of who has checked the file. `}
        {invalidOutputs > 0 &&
          `${counted(invalidOutputs, 'label')} do not fit the task; they count as no label. `}
        All {count(imported)} are private.
      </p>
      <UnknownLabels labels={unknownLabels} />
      {refused.length > 0 && (
        <PlainTable
          label="Refused rows"
          rows={refused.slice(0, SHOWN)}
          keyOf={({ line }) => String(line)}
          columns={[
            { title: 'Line', cell: ({ line }) => line },
            { title: 'Reason', cell: ({ reason }) => reason },
            { title: 'Remedy', cell: ({ remedy }) => remedy },
          ]}
        />
      )}
    </Panel>
  );
}
