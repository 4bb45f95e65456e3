import { useCall } from '../../lib/query.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { OutputLine } from '../../ui/value/OutputLine.tsx';

const SHOWN = 20;

/** What the teacher has answered, the newest records first; what a person has changed since is not shown. */
export function Answers() {
  const { data } = useCall('collect.page', {
    filter: 'author = teacher',
    isDescending: true,
    limit: SHOWN,
  });
  if (!data || data.rows.length === 0) return null;
  return (
    <Panel title="What the teacher answered">
      <PlainTable
        label="Answers of the teacher"
        rows={data.rows}
        keyOf={({ externalId }) => externalId}
        columns={[
          { title: 'Record', cell: ({ text }) => <span data-record>{text}</span> },
          {
            title: 'Answer',
            cell: ({ label }) => (label ? <OutputLine output={label.output} /> : '–'),
          },
          {
            title: 'Fits the task',
            cell: ({ label }) => (label?.isValid ? 'yes' : 'no'),
          },
        ]}
      />
    </Panel>
  );
}
