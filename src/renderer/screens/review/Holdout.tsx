import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ReviewState } from '../../../shared/contract/review.ts';
import { count } from '../../lib/format.ts';
import type { JobRun } from '../../lib/use-job.ts';
import classes from './Review.module.css';

/** Seals the holdout after saying what that means. */
export function Holdout({
  state,
  seal,
}: {
  readonly state: ReviewState | undefined;
  readonly seal: JobRun<'seal', 'review.seal'>;
}) {
  const [isAsking, setIsAsking] = useState(false);
  if (!state) return null;
  const { rows, reviewed } = state.holdout;
  const waiting = rows - reviewed;
  // Half the width of a 95 % interval at 90 %: 1.96 · √(0.9 · 0.1 / n)
  const pointsAt90 = 196 * Math.sqrt(0.09 / Math.max(1, rows));
  const start = () => {
    setIsAsking(false);
    void seal.start({});
  };
  return (
    <>
      <Button
        {...(waiting > 0 ? { variant: 'default' } : {})}
        loading={seal.isRunning}
        disabled={rows === 0}
        onClick={() => setIsAsking(true)}
      >
        Seal {count(rows)}…
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Seal ${count(rows)} records as the holdout?`}
      >
        <p className={classes.sealText}>
          They become read-only, never train the student or guide the teacher, and each look is
          counted. Measuring the teacher on them needs its own permission. At 90 % accuracy{' '}
          {count(rows)} records give about ±{pointsAt90.toFixed(1)} points.{' '}
          {waiting > 0
            ? `${count(waiting)} of them still want a person's judgement: the queue has them first, and until then it is refused.`
            : 'All of them are reviewed by a person.'}
        </p>
        <Group gap="sm" mt="lg">
          <Button onClick={start}>Seal {count(rows)}</Button>
          <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
            Not yet
          </Button>
        </Group>
      </Modal>
    </>
  );
}
