import type { KeyboardEventHandler, ReactNode, Ref } from 'react';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import { CardHead } from './CardHead.tsx';
import classes from './Review.module.css';
import type { Queue } from './use-queue.ts';
import { DecidedStrip } from './Verdict.tsx';

interface Props {
  readonly ref: Ref<HTMLElement>;
  readonly queue: Queue;
  readonly item: ReviewItem;
  readonly holdoutHint: string;
  readonly onKeyDown: KeyboardEventHandler;
  /** The record's text, where it is more than its words. */
  readonly text?: ReactNode;
  readonly children: ReactNode;
}

/** A record to decide on: what it is, its text, what is to be decided, and what was decided last. */
export function CardFrame({ ref, queue, item, holdoutHint, onKeyDown, text, children }: Props) {
  return (
    <article
      ref={ref}
      className={classes.card}
      aria-label={`Record ${queue.position} of ${queue.length}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the card takes the keys printed on its buttons
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <CardHead queue={queue} item={item} holdoutHint={holdoutHint} />
      {item.context && (
        <p className={classes.context} data-record>
          {item.context}
        </p>
      )}
      {text ?? (
        <p className={classes.text} data-record>
          {item.text}
        </p>
      )}
      {children}
      <DecidedStrip decided={queue.decided} />
    </article>
  );
}
