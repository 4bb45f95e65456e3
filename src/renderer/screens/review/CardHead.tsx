import type { ReviewItem } from '../../../shared/contract/review.ts';
import { ConsentMark, OriginMark } from '../../ui/Marks.tsx';
import classes from './Review.module.css';
import type { Queue } from './use-queue.ts';

interface Props {
  readonly queue: Queue;
  readonly item: ReviewItem;
  /** What is to be done with a record of the holdout, for which nothing is suggested. */
  readonly holdoutHint: string;
}

/** Where in the queue a record stands, why it is there, and what it is. */
export function CardHead({ queue, item, holdoutHint }: Props) {
  return (
    <div className={classes.head}>
      <p className={classes.why}>
        {queue.position} of {queue.length}
        {item.reasons.length > 0 && ` · why here: ${item.reasons.join(', ')}`}
        {item.split === 'holdout' && ` · holdout: ${holdoutHint}`}
      </p>
      <span className={classes.marks}>
        <OriginMark origin={item.origin} />
        <ConsentMark consent={item.consent} />
      </span>
    </div>
  );
}
