import { type ReplyTemplate, slotsOf } from '../../../shared/domain/reply.ts';
import { TONES } from '../../lib/segments.ts';
import classes from './Value.module.css';

/** A type of reply in its words, with a chip where each value stands. */
export function ReplyWording({ template }: { readonly template: ReplyTemplate }) {
  const slots = slotsOf(template);
  return (
    <span className={classes.text} data-selectable>
      {template.parts.map((part, at) =>
        typeof part === 'string' ? (
          <span key={keyOf(at)}>{part}</span>
        ) : (
          <mark
            key={keyOf(at)}
            className={classes.marked}
            data-tone={slots.indexOf(part.slot) % TONES}
          >
            <span className={classes.stretch}>{part.slot}</span>
          </mark>
        ),
      )}
    </span>
  );
}

/** Parts have no name but their place, and never move. */
const keyOf = (at: number) => String(at);
