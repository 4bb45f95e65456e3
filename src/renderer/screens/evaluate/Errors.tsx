import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { percent } from '../../lib/format.ts';
import { ConsentMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { ErrorCard } from './ErrorCard.tsx';
import classes from './Evaluate.module.css';
import { ReplyError } from './ReplyError.tsx';

/** The wrong answers it was surest of. Records of the holdout stay read-only. */
export function Errors({ stored: { report } }: { readonly stored: StoredEvaluation }) {
  if (report.worstErrors.some(({ outputs }) => outputs))
    return (
      <Panel title="Wrong, and surest of it">
        <ul className={classes.errors} aria-label="Worst errors">
          {report.worstErrors.map(
            (error) =>
              error.outputs && <ErrorCard key={error.id} error={error} outputs={error.outputs} />,
          )}
        </ul>
      </Panel>
    );
  if (report.worstErrors.some(({ isReply }) => isReply))
    return (
      <Panel title="Wrong, and surest of it">
        <ul className={classes.errors} aria-label="Worst errors">
          {report.worstErrors.map((error) => (
            <ReplyError key={error.id} error={error} />
          ))}
        </ul>
      </Panel>
    );
  return (
    <Panel title="Wrong, and surest of it">
      <PlainTable
        label="Worst errors"
        rows={report.worstErrors}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Text', cell: ({ text }) => <span data-record>{text}</span> },
          { title: 'Right answer', cell: ({ gold }) => gold },
          { title: 'Student said', cell: ({ predicted }) => predicted },
          { title: 'Sure', isNumber: true, cell: ({ confidence }) => percent(confidence, 0) },
          { title: 'Consent', cell: ({ consent }) => <ConsentMark consent={consent} /> },
        ]}
      />
    </Panel>
  );
}
