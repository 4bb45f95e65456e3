import type { ExportPreview } from '../../../shared/contract/export.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { OutputLine } from '../../ui/value/OutputLine.tsx';
import classes from './Export.module.css';

/** The first rows of an export as they would be written. */
export function FirstRows({ sample }: { readonly sample: ExportPreview['sample'] }) {
  if (sample.length === 0) return null;
  return (
    <div className={classes.first}>
      <PlainTable
        label="First rows as they would be written"
        rows={sample}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Text', cell: ({ text }) => <span data-record>{text}</span> },
          { title: 'Answer', cell: ({ output }) => <OutputLine output={output} /> },
        ]}
      />
    </div>
  );
}
