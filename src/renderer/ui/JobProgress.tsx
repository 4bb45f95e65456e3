import { Button, Progress } from '@mantine/core';
import { jobTitle } from '../../shared/contract/job-title.ts';
import { call } from '../lib/bridge.ts';
import { count, roughly } from '../lib/format.ts';
import type { WatchedJob } from '../lib/ui-store.ts';
import classes from './JobProgress.module.css';

const ENOUGH_TO_TELL = 0.03;

/** ", 18 s left" of the step at work, once enough of it is done to tell. */
export function remaining({ done, total, stepStartedAtMs }: WatchedJob): string {
  if (!total || done / total < ENOUGH_TO_TELL || done >= total) return '';
  const elapsedS = (Date.now() - stepStartedAtMs) / 1000;
  return `, ${roughly((elapsedS * (total - done)) / done)} left`;
}

/** The bar, the words and the way out of a running job. */
export function JobProgress({
  job,
  hasCancel = true,
}: {
  readonly job: WatchedJob | undefined;
  /** False where the way out stands elsewhere on the screen. */
  readonly hasCancel?: boolean;
}) {
  if (job?.state !== 'running') return null;
  const { id, kind, done, total, message } = job;
  return (
    <section className={classes.job} aria-label={`${jobTitle(kind)} progress`}>
      <div className={classes.head}>
        <span>
          {message || jobTitle(kind)}
          {total !== null && ` · ${count(done)} of ${count(total)}${remaining(job)}`}
        </span>
        {hasCancel && (
          <Button
            size="compact-sm"
            variant="default"
            className={classes.cancel}
            onClick={() => void call('jobs.cancel', { id })}
          >
            Cancel
          </Button>
        )}
      </div>
      <Progress
        value={total ? (done / total) * 100 : 100}
        animated={!total}
        size="sm"
        aria-label={jobTitle(kind)}
      />
    </section>
  );
}
