import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { count, interval, percent } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import classes from './Evaluate.module.css';

const SHOWN = 40;

/** What is taken for what, and how each label fares. */
export function Confusion({ stored: { report } }: { readonly stored: StoredEvaluation }) {
  const classesByRecall = report.classes.toSorted(
    (a, b) => (a.recall?.value ?? 0) - (b.recall?.value ?? 0),
  );
  return (
    <>
      <ConfusionMatrix report={report} />
      <div className={classes.columns}>
        <Panel title="Most often confused">
          <PlainTable
            label="Most often confused"
            rows={report.confusion.slice(0, SHOWN)}
            keyOf={({ given, answered }) => `${given}|${answered}`}
            columns={[
              { title: 'Right answer', cell: ({ given }) => given },
              { title: 'Student said', cell: ({ answered }) => answered },
              { title: 'Records', isNumber: true, cell: ({ n }) => count(n) },
              { title: 'Of its label', isNumber: true, cell: ({ share }) => percent(share, 0) },
            ]}
          />
        </Panel>
        <Panel title="By label, the weakest first">
          <PlainTable
            label="Labels"
            rows={classesByRecall.slice(0, SHOWN)}
            keyOf={({ label }) => label}
            columns={[
              { title: 'Label', cell: ({ label }) => label },
              { title: 'Records', isNumber: true, cell: ({ n }) => count(n) },
              {
                title: 'Found, %',
                isNumber: true,
                cell: ({ recall }) =>
                  recall ? `${percent(recall.value, 0)} [${interval(recall)}]` : '–',
              },
              {
                title: 'Right when said, %',
                isNumber: true,
                cell: ({ precision }) => (precision ? percent(precision.value, 0) : '–'),
              },
            ]}
          />
        </Panel>
      </div>
    </>
  );
}
