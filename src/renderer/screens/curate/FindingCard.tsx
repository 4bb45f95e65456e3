import { Button } from '@mantine/core';
import type { FindingLine, FindingRecord } from '../../../shared/contract/curate.ts';
import { percent } from '../../lib/format.ts';
import { outputText } from '../../lib/output.ts';
import type { Marking } from '../../lib/segments.ts';
import { TONES } from '../../lib/segments.ts';
import { useForm } from '../../lib/use-form.ts';
import { Diff } from '../../ui/Diff.tsx';
import { LocatedText } from '../../ui/value/LocatedText.tsx';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { OutputLine } from '../../ui/value/OutputLine.tsx';
import { OutputPair } from '../../ui/value/OutputPair.tsx';
import classes from './Curate.module.css';
import type { FindingActs } from './use-finding-acts.ts';

/** One guess of a check: the record, or the pair with its differences, and what a person may do about it. */
export function FindingCard({
  finding,
  acts,
  isActive,
}: {
  readonly finding: FindingLine;
  readonly acts: FindingActs;
  readonly isActive: boolean;
}) {
  const { record, other, score, suggestion, reasons, places } = finding;
  const hasFields = useForm() !== undefined;
  return (
    <li className={classes.finding} data-active={isActive} aria-current={isActive}>
      {other ? (
        <Diff
          before={record.text}
          after={other.text}
          beforeTitle={<Facts record={record} />}
          afterTitle={<Facts record={other} />}
        />
      ) : (
        <div>
          <p className={classes.sideFacts}>
            <Facts record={record} />
          </p>
          <p className={classes.sideText}>
            {places.length > 0 ? (
              <MarkedText text={record.text} markings={toPlaceMarkings(places)} />
            ) : (
              <LocatedText
                record={record.externalId}
                text={record.text}
                output={record.hasLabel ? record.label : undefined}
              />
            )}
          </p>
        </div>
      )}
      {reasons.length > 0 && (
        <ul className={classes.reasons} data-record>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {suggestion && <Suggestion finding={finding} />}
      <div className={classes.acts}>
        {suggestion && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={acts.isBusy}
            onClick={() => acts.agree(finding)}
          >
            Agree: {hasFields ? 'take the suggestion' : outputText(suggestion.output)}
          </Button>
        )}
        {[record, other].map(
          (side) =>
            side &&
            canSetAside(side) && (
              <Button
                key={side.key}
                size="compact-sm"
                variant="default"
                disabled={acts.isBusy}
                onClick={() => acts.setAside(side)}
              >
                Set {side.externalId} aside
              </Button>
            ),
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={acts.isBusy}
          onClick={() => acts.dismiss(finding)}
        >
          Dismiss
        </Button>
        <span className={classes.score}>score {score.toFixed(2)}</span>
      </div>
    </li>
  );
}

/** What the check found in the text; each kind has a tone of its own. */
function toPlaceMarkings(places: FindingLine['places']): Marking[] {
  const kinds = [...new Set(places.map(({ kind }) => kind))];
  return places.map(({ kind, start, end }) => ({
    start,
    end,
    label: kind.replaceAll('-', ' '),
    tone: kinds.indexOf(kind) % TONES,
  }));
}

/** Given and likelier: field by field where outputs have fields, else the two labels. */
function Suggestion({ finding: { record, suggestion } }: { readonly finding: FindingLine }) {
  const hasFields = useForm() !== undefined;
  if (!suggestion) return null;
  const likely = <span className={classes.score}>{percent(suggestion.probability, 0)} likely</span>;
  if (!hasFields || !record.hasLabel)
    return (
      <p>
        {record.hasLabel ? outputText(record.label ?? undefined) : 'no label'} →{' '}
        <strong>{outputText(suggestion.output)}</strong> {likely}
      </p>
    );
  return (
    <>
      <OutputPair
        label={`Given and suggested for ${record.externalId}`}
        first={record.label}
        second={suggestion.output}
        firstTitle="Given"
        secondTitle="Suggested"
      />
      {likely}
    </>
  );
}

/** Records of the holdout stay as they are. */
const canSetAside = ({ split, status }: FindingRecord) =>
  split !== 'holdout' && status !== 'rejected';

const splitWords: Readonly<Record<FindingRecord['split'], string>> = {
  train: 'training',
  holdout: 'holdout',
  calibration: 'calibration',
  unassigned: 'no split yet',
};

function Facts({ record }: { readonly record: FindingRecord }) {
  const { externalId, label, hasLabel, split, status } = record;
  return (
    <>
      {externalId} · {hasLabel ? <OutputLine output={label} /> : 'no label'} · {splitWords[split]}
      {status === 'rejected' && ' · set aside'}
    </>
  );
}
