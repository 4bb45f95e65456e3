import type { RecordRow } from '../../../shared/contract/collect.ts';
import { sentenceCase } from '../../lib/format.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { ConsentMark, OriginMark } from '../../ui/Marks.tsx';
import { OutputLine } from '../../ui/value/OutputLine.tsx';
import classes from './Collect.module.css';
import { toggleSelected, useView } from './view-store.ts';

/** The browser's own box: hundreds pass by in a second of scrolling. */
function SelectBox({ row }: { readonly row: RecordRow }) {
  const isSelected = useView(({ selected }) => selected.has(row.key));
  return (
    <input
      type="checkbox"
      className={classes.tick}
      tabIndex={-1}
      aria-label={`Select ${row.externalId}`}
      checked={isSelected}
      onChange={() => toggleSelected(row.key)}
      onClick={(event) => event.stopPropagation()}
    />
  );
}

const origin: Column<RecordRow> = {
  id: 'origin',
  title: 'Origin',
  width: '84px',
  neededWidthPx: 900,
  cell: (row) => <OriginMark origin={row.origin} />,
};

/** The columns of the table of records: an answer with fields needs room, the origin only where some are synthetic. */
export const columnsOf = (
  hasSynthetic: boolean,
  hasFields: boolean,
  checkTitle: (id: string) => string,
): readonly Column<RecordRow>[] => [
  { id: 'select', title: 'Select', width: '20px', cell: (row) => <SelectBox row={row} /> },
  {
    id: 'consent',
    title: 'Consent',
    width: '92px',
    cell: ({ consent }) => <ConsentMark consent={consent} />,
  },
  ...(hasSynthetic ? [origin] : []),
  {
    id: 'text',
    title: 'Text',
    width: 'minmax(180px, 1fr)',
    cell: ({ text }) => <span data-record>{text}</span>,
  },
  {
    id: 'label',
    title: 'Label',
    width: hasFields ? 'minmax(160px, 1fr)' : 'minmax(96px, 0.4fr)',
    cell: ({ label }) =>
      label ? <OutputLine output={label.output} /> : <span className={classes.dim}>none</span>,
  },
  {
    id: 'status',
    title: 'Status',
    width: '72px',
    neededWidthPx: 860,
    cell: ({ status }) => sentenceCase(status),
  },
  {
    id: 'flags',
    title: 'Flags',
    width: 'minmax(72px, 0.25fr)',
    cell: ({ flags }) => <span className={classes.flag}>{flags.map(checkTitle).join(', ')}</span>,
  },
];
