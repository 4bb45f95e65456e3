import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { JobEvent } from '../../../shared/contract/wire.ts';
import { call } from '../../lib/bridge.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import classes from './Train.module.css';

/** The ways to end a training that runs; what it has learned stays, so that it can go on. */
export function RunControls({ job }: { readonly job: JobEvent }) {
  const [isAsking, setIsAsking] = useState(false);
  const pause = () => {
    setIsAsking(false);
    void call('jobs.cancel', { id: job.id });
  };
  return (
    <>
      <Button variant="default" onClick={pause}>
        Pause
      </Button>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        Stop…
      </Button>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Stop training?">
        <p>
          No student comes of a training that is stopped. What it has learned so far is kept, and
          Resume goes on from there with the same result as if it had never stopped.
        </p>
        <Group gap="sm" mt="lg">
          <Button data-autofocus onClick={() => setIsAsking(false)}>
            Continue training
          </Button>
          <Button variant="default" onClick={pause}>
            Stop, keep for later
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** A training that was paused, or cut off with its process: it goes on where it was. */
export function PausedRun() {
  const jobs = useCall('jobs.list', { limit: 20 });
  const resume = useChange('jobs.resume');
  const last = jobs.data?.find(({ kind }) => kind === 'train');
  if (!last?.isResumable || last.state === 'failed') return null;
  return (
    <section className={classes.paused} aria-label="Paused training">
      <p>
        {last.state === 'interrupted' ? 'A training was interrupted.' : 'A training is paused.'}{' '}
        What it had learned is kept.
      </p>
      <Button loading={resume.isPending} onClick={() => resume.mutate({ id: last.id })}>
        Resume
      </Button>
      <ErrorPanel error={resume.error} />
    </section>
  );
}
