import { Button } from '@mantine/core';
import type { FindingLine, FindingRecord } from '../../../shared/contract/curate.ts';
import { percent } from '../../lib/format.ts';
import { outputText } from '../../lib/output.ts';
import { useChange } from '../../lib/query.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { announce } from '../../lib/ui-store.ts';
import { useForm } from '../../lib/use-form.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { LocatedText } from '../../ui/value/LocatedText.tsx';
import { OutputLine } from '../../ui/value/OutputLine.tsx';
import { OutputPair } from '../../ui/value/OutputPair.tsx';
import classes from './Curate.module.css';

/** One guess of a check: the record or the pair, and what a person may do about it. */
export function FindingCard({ finding }: { readonly finding: FindingLine }) {
  const { id, record, other, score, suggestion } = finding;
  const reviewer = useReviewer((state) => state.name);
  const resolve = useChange('curate.resolve', () => announce('Finding dismissed'));
  const decide = useChange('review.decide', (_, { decisions }) =>
    announce(decisions[0]?.verdict === 'correct' ? 'Label changed' : 'Record set aside'),
  );
  const hasFields = useForm() !== undefined;
  const isBusy = resolve.isPending || decide.isPending;
  const isLocked = record.split === 'holdout';
  return (
    <li className={classes.finding}>
      <Side record={record} />
      {other && <Side record={other} />}
      {hasFields && suggestion && record.hasLabel && (
        <OutputPair
          label={`Given and suggested for ${record.externalId}`}
          first={record.label}
          second={suggestion.output}
          firstTitle="Given"
          secondTitle="Suggested"
        />
      )}
      <div className={classes.acts}>
        <span className={classes.score}>score {score.toFixed(2)}</span>
        {suggestion && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            onClick={() =>
              decide.mutate({
                reviewer,
                decisions: [
                  { id: record.externalId, verdict: 'correct', output: suggestion.output as never },
                ],
              })
            }
          >
            Agree: {hasFields ? 'take the suggestion' : outputText(suggestion.output)} (
            {percent(suggestion.probability, 0)})
          </Button>
        )}
        {!isLocked && record.status !== 'rejected' && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isBusy}
            onClick={() =>
              decide.mutate({
                reviewer,
                decisions: [{ id: record.externalId, verdict: 'reject' }],
              })
            }
          >
            Set {record.externalId} aside
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={isBusy}
          onClick={() => resolve.mutate({ id, resolution: 'dismissed' })}
        >
          Dismiss
        </Button>
      </div>
      <ErrorPanel error={resolve.error ?? decide.error} />
    </li>
  );
}

function Side({ record }: { readonly record: FindingRecord }) {
  const { externalId, text, label, hasLabel, split, status } = record;
  return (
    <div className={classes.side}>
      <p className={classes.sideText}>
        <LocatedText text={text} output={hasLabel ? label : undefined} />
      </p>
      <p className={classes.sideFacts}>
        {externalId} · {hasLabel ? <OutputLine output={label} /> : 'no label'} · {split}
        {status === 'rejected' && ' · set aside'}
      </p>
    </div>
  );
}
