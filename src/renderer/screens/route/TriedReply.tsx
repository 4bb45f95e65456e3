import type { TriedText } from '../../../shared/contract/route.ts';
import { NO_REPLY } from '../../../shared/domain/reply.ts';
import { percent } from '../../lib/format.ts';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { markReply } from '../../ui/value/mark-reply.ts';
import classes from './Route.module.css';

/** A reply with its values marked, in the text where they were read and in the reply where they are said. */
export function TriedReply({ tried, text }: { readonly tried: TriedText; readonly text: string }) {
  const { output, fields = [], missing = [], replyType } = tried;
  if (output === NO_REPLY)
    return <strong className={classes.answer}>None of your replies fits</strong>;
  const { inText, inReply } = markReply(String(output), fields, missing);
  return (
    <>
      <p className={classes.triedText}>
        <MarkedText text={text} markings={inText} />
      </p>
      <p className={classes.reply}>
        <MarkedText text={String(output)} markings={inReply} />
      </p>
      <p className={classes.sure}>
        {[
          replyType ?? 'In free words',
          ...fields.map(({ name, confidence }) => `${name} ${percent(confidence, 0)} sure`),
        ].join(' · ')}
      </p>
      {missing.length > 0 && (
        <p className={classes.leastSure}>Not found in the text: {missing.join(', ')}</p>
      )}
    </>
  );
}
