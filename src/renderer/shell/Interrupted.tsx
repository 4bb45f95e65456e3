import { Button } from '@mantine/core';
import { useRoute } from 'wouter';
import { jobTitle } from '../../shared/contract/job-title.ts';
import { counted } from '../lib/format.ts';
import { useSummary } from '../lib/project.ts';
import { useCall, useChange } from '../lib/query.ts';
import { useRunningJob } from '../lib/ui-store.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import classes from './ProjectShell.module.css';

/** Jobs that ended with the app or the engine: they go on where they stopped, or are let go. */
export function Interrupted() {
  const summary = useSummary();
  const isRunning = useRunningJob() !== undefined;
  const isShown = summary !== undefined && summary.interruptedJobs > 0 && !summary.isReadOnly;
  const { data = [] } = useCall('jobs.list', { limit: 200 }, { isEnabled: isShown });
  const resume = useChange('jobs.resume');
  const discard = useChange('jobs.discard');
  const [isTrainShown] = useRoute('/train/*?');
  // The screen of trainings offers its own.
  const jobs = data.filter(
    ({ state, kind }) => state === 'interrupted' && !(isTrainShown && kind === 'train'),
  );
  const next = jobs.find(({ isResumable }) => isResumable);
  if (!isShown || jobs.length === 0) return null;
  return (
    <section className={classes.notice} aria-label="Interrupted jobs">
      <span>
        {counted(jobs.length, 'job')} interrupted:{' '}
        {[...new Set(jobs.map(({ kind }) => jobTitle(kind)))].join(', ')}.
        {!next && ' It left nothing half done; start it again on its screen.'}
      </span>
      <span className={classes.buttons}>
        {next && (
          <Button
            size="compact-sm"
            disabled={isRunning}
            loading={resume.isPending}
            onClick={() => resume.mutate({ id: next.id })}
          >
            Resume {jobTitle(next.kind)}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={discard.isPending}
          onClick={() => discard.mutate({ ids: jobs.map(({ id }) => id) })}
        >
          {jobs.length === 1 ? 'Discard' : 'Discard all'}
        </Button>
      </span>
      <ErrorPanel error={resume.error ?? discard.error} />
    </section>
  );
}
