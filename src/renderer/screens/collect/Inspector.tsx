import { memo } from 'react';
import type { RecordDetails } from '../../../shared/contract/collect.ts';
import { bytes, percent, sentenceCase, time } from '../../lib/format.ts';
import { outputText, valueText } from '../../lib/output.ts';
import { useCall } from '../../lib/query.ts';
import { useForm } from '../../lib/use-form.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { ConsentMark, OriginMark } from '../../ui/Marks.tsx';
import { LocatedText } from '../../ui/value/LocatedText.tsx';
import { OutputFields } from '../../ui/value/OutputFields.tsx';
import classes from './Collect.module.css';
import { InspectorPart } from './InspectorPart.tsx';
import { useCheckTitle } from './use-check-title.ts';

/** All about the current record: text, labels, permissions, what was sent, where it comes from. */
export const Inspector = memo(function Inspector({ recordKey }: { readonly recordKey: number }) {
  const { data, error } = useCall('collect.example', { key: recordKey }, { keepsPrevious: true });
  const form = useForm();
  const checkTitle = useCheckTitle();
  if (error) return <ErrorPanel error={error} />;
  if (!data) return null;
  return (
    <>
      <p className={classes.text} data-selectable data-record>
        <LocatedText record={data.externalId} text={data.fullText} output={data.label?.output} />
      </p>
      {data.context && (
        <p className={classes.dim} data-record>
          {data.context}
        </p>
      )}
      {form && data.label && (
        <section className={classes.answer} aria-label="Answer">
          <h2>Answer, {data.label.author}</h2>
          <OutputFields output={data.label.output} />
        </section>
      )}
      <Facts record={data} />
      <InspectorPart title="Labels" items={data.labels.filter(({ isWithdrawn }) => !isWithdrawn)}>
        {({ output, author, name, confidence }) =>
          `${outputText(output, form)} · ${name ?? author}${confidence === null ? '' : ` · ${percent(confidence, 0)}`}`
        }
      </InspectorPart>
      <InspectorPart title="Findings" items={data.findings.filter(({ isFlagged }) => isFlagged)}>
        {({ check, score, other }) =>
          `${checkTitle(check)} ${score.toFixed(2)}${other ? ` with ${other}` : ''}`
        }
      </InspectorPart>
      <InspectorPart title="Permissions" items={data.grants}>
        {({ purposes, destination, basis, expiresAtMs, revokedAtMs }) =>
          `${purposes.join(', ')} to ${destination === '*' ? 'any host' : destination}: ${basis}${
            revokedAtMs ? `; taken back ${time(revokedAtMs)}` : ''
          }${expiresAtMs ? `; until ${time(expiresAtMs)}` : ''}`
        }
      </InspectorPart>
      <InspectorPart
        title="Sent"
        items={data.ledger.filter(({ event }) => event === 'attempt')}
        empty="Never sent."
      >
        {({ atMs, destination, bytes: size }) => `${time(atMs)} to ${destination}, ${bytes(size)}`}
      </InspectorPart>
      <InspectorPart title="Comes from" items={data.lineage} isRecord>
        {({ externalId, text, strategy }) =>
          `${externalId}${strategy ? ` (${strategy})` : ''}: ${text}`
        }
      </InspectorPart>
    </>
  );
});

function Facts({ record }: { readonly record: RecordDetails }) {
  const { externalId, consent, origin, split, status, source, line, meta } = record;
  return (
    <dl className={classes.facts}>
      <dt>Id</dt>
      <dd>{externalId}</dd>
      <dt>Consent</dt>
      <dd>
        <ConsentMark consent={consent} />
      </dd>
      <dt>Origin</dt>
      <dd>
        <OriginMark origin={origin} />
      </dd>
      <dt>Split</dt>
      <dd>{sentenceCase(split)}</dd>
      <dt>Status</dt>
      <dd>{sentenceCase(status)}</dd>
      {source && (
        <>
          <dt>Source</dt>
          <dd>
            {source}
            {line === null ? '' : `, line ${line}`}
          </dd>
        </>
      )}
      {Object.entries(meta).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{valueText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
