import { Button, Group } from '@mantine/core';
import { useCall, useChange } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import classes from './Train.module.css';

/** A training that was paused, or cut off with its process: it goes on where it was, or is let go. */
export function PausedRun() {
  const jobs = useCall('jobs.list', { limit: 20 });
  const resume = useChange('jobs.resume');
  const discard = useChange('jobs.discard');
  const last = jobs.data?.find(({ kind }) => kind === 'train');
  if (last?.state !== 'interrupted') return null;
  return (
    <section className={classes.paused} aria-label="Paused training">
      <p>A training is paused. What it had learned is kept.</p>
      <Group gap="sm">
        <Button loading={resume.isPending} onClick={() => resume.mutate({ id: last.id })}>
          Resume
        </Button>
        <Button
          variant="default"
          loading={discard.isPending}
          onClick={() => discard.mutate({ ids: [last.id] })}
        >
          Discard
        </Button>
      </Group>
      <ErrorPanel error={resume.error ?? discard.error} />
    </section>
  );
}
