import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { count } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { CheckList } from './CheckList.tsx';
import classes from './Curate.module.css';
import { Findings } from './Findings.tsx';
import { QualityGates } from './QualityGates.tsx';

/** The checks, what each found, and the gates that sum them up. */
export function Curate() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const checks = useCall('curate.checks', {});
  const run = useJob('curate', 'curate.run');
  const [chosen, setChosen] = useState<string | null>(null);
  const hasRun = checks.data?.some(({ scored }) => scored !== null) ?? false;
  const doubts = checks.data?.find(({ id }) => id === 'label-error')?.open ?? 0;
  const worst = checks.data?.toSorted((a, b) => b.open - a.open)[0];
  const current = checks.data?.find(({ id }) => id === chosen) ?? worst;

  if (summary && summary.examples === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="Nothing to check yet"
          action={<Button onClick={() => navigate('~/collect')}>Bring in records</Button>}
        />
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      action={
        <>
          <Button
            {...(hasRun ? { variant: 'default' } : {})}
            loading={run.isRunning}
            onClick={() => void run.start({})}
          >
            {hasRun ? 'Check again' : 'Check the data'}
          </Button>
          {doubts > 0 && (
            <Button onClick={() => navigate('~/review')}>Review {count(doubts)}</Button>
          )}
        </>
      }
    >
      <ErrorPanel error={run.error ?? checks.error} />
      <JobProgress job={run.job} />
      {checks.isPending ? (
        <Loading words="Reading the findings…" />
      ) : !hasRun && run.isRunning ? null : !hasRun ? (
        <EmptyState title="Not checked yet">
          One run looks for duplicates, doubtful labels, personal data, leaks between the splits and
          more. Nothing is deleted: a finding is a guess that a person decides.
        </EmptyState>
      ) : (
        <>
          <QualityGates />
          <div className={classes.columns}>
            <CheckList checks={checks.data ?? []} current={current?.id} onChoose={setChosen} />
            {current && <Findings key={current.id} check={current} />}
          </div>
        </>
      )}
    </ScreenFrame>
  );
}
