import { Button, Drawer } from '@mantine/core';
import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobLine } from '../../shared/contract/jobs.ts';
import { duration, time, withoutCommands } from '../lib/format.ts';
import { useCall, useChange } from '../lib/query.ts';
import { toggleJobs, useRunningJob, useUi } from '../lib/ui-store.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { JobProgress } from '../ui/JobProgress.tsx';
import classes from './JobsDrawer.module.css';

const stateWords = {
  running: 'Running',
  done: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
} as const;

/** What runs and what ran in this project (Ctrl+J). */
export function JobsDrawer() {
  const isOpen = useUi((state) => state.isJobsOpen);
  const running = useRunningJob();
  const { data, error } = useCall('jobs.list', {}, { isEnabled: isOpen });
  const past = data?.filter(({ id }) => id !== running?.id) ?? [];
  return (
    <Drawer
      opened={isOpen}
      onClose={toggleJobs}
      position="right"
      title="Jobs"
      size={400}
      closeButtonProps={{ 'aria-label': 'Close jobs' }}
    >
      <ErrorPanel error={error} />
      <JobProgress job={running} />
      {data && past.length === 0 && !running && (
        <EmptyState title="No job has run yet">
          Importing, checking, training and everything else that takes longer than a moment is
          listed here.
        </EmptyState>
      )}
      <ul className={classes.list}>
        {past.map((job) => (
          <PastJob key={job.id} job={job} />
        ))}
      </ul>
    </Drawer>
  );
}

function PastJob({ job }: { readonly job: JobLine }) {
  const { id, kind, state, message, error, startedAtMs, endedAtMs, isResumable } = job;
  // What a finished job did last says nothing about it.
  const words = error ?? (state === 'done' ? '' : message);
  const resume = useChange('jobs.resume');
  return (
    <li className={classes.job} data-state={state}>
      <div className={classes.head}>
        <strong>{jobTitle(kind)}</strong>
        <span className={classes.state}>{stateWords[state]}</span>
      </div>
      {words && <p className={classes.words}>{withoutCommands(words)}</p>}
      <div className={classes.head}>
        <span className={classes.words}>
          {time(startedAtMs)}
          {endedAtMs !== null && `, took ${duration((endedAtMs - startedAtMs) / 1000)}`}
        </span>
        {isResumable && (
          <Button
            size="compact-sm"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate({ id })}
          >
            {state === 'failed' ? 'Try again' : 'Resume'}
          </Button>
        )}
      </div>
      <ErrorPanel error={resume.error} />
    </li>
  );
}
