import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { count, interval, percent, sentenceCase } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';

/** The same figure over parts of the records. */
export function Slices({ stored: { report } }: { readonly stored: StoredEvaluation }) {
  const groups = Map.groupBy(report.slices, ({ by }) => by);
  return (
    <>
      {[...groups].map(([by, slices]) => (
        <Panel key={by} title={`By ${by}`}>
          <PlainTable
            label={`Slices by ${by}`}
            rows={slices}
            keyOf={({ name }) => name}
            columns={[
              { title: sentenceCase(by), cell: ({ name }) => name },
              { title: 'Records', isNumber: true, cell: ({ n }) => count(n) },
              {
                title: 'Right, %',
                isNumber: true,
                cell: ({ accuracy, isSmall }) =>
                  isSmall ? 'too few to say' : `${percent(accuracy.value)} [${interval(accuracy)}]`,
              },
            ]}
          />
        </Panel>
      ))}
    </>
  );
}
