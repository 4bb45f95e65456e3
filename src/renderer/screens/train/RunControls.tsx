import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JobEvent } from '../../../shared/contract/wire.ts';
import { call } from '../../lib/bridge.ts';
import { StopDialog } from './StopDialog.tsx';

/** The ways to end a training that runs: for later, or now, with what it has or with nothing. */
export function RunControls({ job }: { readonly job: JobEvent }) {
  const [isAsking, setIsAsking] = useState(false);
  const [finishingId, setFinishingId] = useState<number | null>(null);
  const keep = () => {
    setIsAsking(false);
    setFinishingId(job.id);
    void call('jobs.finish', { id: job.id });
  };
  const discard = () => {
    setIsAsking(false);
    void call('jobs.cancel', { id: job.id });
  };
  if (finishingId === job.id) return <Button loading>Keeping</Button>;
  return (
    <>
      <Button variant="default" onClick={() => void call('jobs.pause', { id: job.id })}>
        Pause
      </Button>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        Stop…
      </Button>
      <StopDialog
        point={job.points?.at(-1)}
        isOpen={isAsking}
        onKeep={keep}
        onDiscard={discard}
        onContinue={() => setIsAsking(false)}
      />
    </>
  );
}
