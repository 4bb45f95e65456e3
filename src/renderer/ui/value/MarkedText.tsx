import { type Marking, toSegments } from '../../lib/segments.ts';
import classes from './Value.module.css';

/** A text with the stretches that values were read from: tint, underline and the field's name. */
export function MarkedText({
  text,
  markings,
}: {
  readonly text: string;
  readonly markings: readonly Marking[];
}) {
  return (
    <span className={classes.text} data-selectable data-record>
      {toSegments(text, markings).map(({ start, text: part, marking }) =>
        marking ? (
          <mark key={start} className={classes.marked} data-tone={marking.tone}>
            <span className={classes.stretch}>{part}</span>
            <small className={classes.tag}>{marking.label}</small>
          </mark>
        ) : (
          <span key={start}>{part}</span>
        ),
      )}
    </span>
  );
}
