import type { TeachOutcome } from '../../../shared/contract/teach.ts';
import { bytes, count, counted, dollars } from '../../lib/format.ts';
import { Figure, Panel } from '../../ui/Panel.tsx';
import classes from './Teach.module.css';

/** What the last run sent, what came back, what it cost. */
export function TeachOutcomeWords({ outcome }: { readonly outcome: TeachOutcome }) {
  const { accepted, malformed, cutOff, sent, costUsd, bytes: size, redactions, notSent } = outcome;
  return (
    <Panel title="Answered just now">
      <div className={classes.figures}>
        <Figure
          label="Answered"
          value={count(accepted)}
          note={`of ${counted(sent, 'question')} sent`}
        />
        <Figure
          label="Without a usable answer"
          value={count(malformed)}
          {...(cutOff > 0 && { note: `${count(cutOff)} cut off at the limit of tokens` })}
        />
        <Figure label="Sent" value={bytes(size)} note={counted(redactions, 'redaction')} />
        <Figure
          label={outcome.priceAssumed ? 'Cost, at an assumed price' : 'Cost'}
          value={dollars(costUsd)}
        />
      </div>
      {outcome.capReached && <p>The cap was reached; {count(notSent)} were not sent.</p>}
      {outcome.unknown > 0 && (
        <p>
          {counted(outcome.unknown, 'request')} ended unknown. They may have been charged and are
          not repeated unless you choose.
        </p>
      )}
      {outcome.failed > 0 && (
        <p>
          {counted(outcome.failed, 'question')} failed: {outcome.lastError}
        </p>
      )}
    </Panel>
  );
}
