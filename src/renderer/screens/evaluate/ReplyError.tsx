import type { WorstError } from '../../../shared/contract/evaluate.ts';
import { percent } from '../../lib/format.ts';
import { Diff } from '../../ui/Diff.tsx';
import { ConsentMark } from '../../ui/Marks.tsx';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { markReply } from '../../ui/value/mark-reply.ts';
import classes from './Evaluate.module.css';

/** A wrong reply: the text with the values that were read, and what differs between the reply and the right one. */
export function ReplyError({ error }: { readonly error: WorstError }) {
  const { id, text, consent, confidence, gold, predicted, fields = [], missing = [] } = error;
  const isLeft = predicted === '';
  return (
    <li className={classes.error}>
      <p className={classes.errorText}>
        <MarkedText text={text} markings={markReply(predicted, fields, missing).inText} />
      </p>
      <p className={classes.on}>
        {id} ·{' '}
        {isLeft
          ? 'left to a person, though a type of reply fits'
          : `${percent(confidence, 0)} sure`}{' '}
        · <ConsentMark consent={consent} />
      </p>
      {isLeft ? (
        <p data-record>{gold}</p>
      ) : (
        <Diff
          before={predicted}
          after={gold}
          beforeTitle="Student said"
          afterTitle="Right answer"
        />
      )}
    </li>
  );
}
