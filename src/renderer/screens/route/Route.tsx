import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSummary } from '../../lib/project.ts';
import { useCall } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Endpoint } from './Endpoint.tsx';
import { Labels } from './Labels.tsx';
import { Outcome } from './Outcome.tsx';
import { Playground } from './Playground.tsx';
import { Target } from './Target.tsx';

/** How many errors are allowed, what that lets the student answer alone, and a place to try it. */
export function Route() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const [maxErrorPercent, setMaxErrorPercent] = useState(5);
  const [fallback, setFallback] = useState<'person' | 'teacher'>('person');
  const latest = useCall('route.latest', {});
  const run = useJob('route', 'route.run');
  const outcome = latest.data?.route;

  if (summary && summary.students === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="No student to route to yet"
          action={<Button onClick={() => navigate('~/train')}>Train a student</Button>}
        >
          Train one first; then say how many errors you allow.
        </EmptyState>
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      action={
        <Button
          loading={run.isRunning}
          disabled={!(maxErrorPercent > 0 && maxErrorPercent < 100)}
          onClick={() => void run.start({ maxError: maxErrorPercent / 100, fallback })}
        >
          Choose the threshold
        </Button>
      }
    >
      <ErrorPanel error={run.error ?? latest.error} />
      <JobProgress job={run.job} />
      <Target
        maxErrorPercent={maxErrorPercent}
        onMaxError={setMaxErrorPercent}
        fallback={fallback}
        onFallback={setFallback}
      />
      {outcome && <Outcome outcome={outcome} />}
      <Playground />
      {outcome && <Labels labels={outcome.labels} />}
      <Endpoint />
    </ScreenFrame>
  );
}
