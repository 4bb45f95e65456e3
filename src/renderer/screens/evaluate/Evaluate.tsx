import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { chooseSavePath } from '../../lib/desktop.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Calibration } from './Calibration.tsx';
import { Compared } from './Compared.tsx';
import { Confusion } from './Confusion.tsx';
import { Errors } from './Errors.tsx';
import { FieldTable } from './FieldTable.tsx';
import { Headline } from './Headline.tsx';
import { Slices } from './Slices.tsx';
import { Summary } from './Summary.tsx';

const views = [
  { id: 'summary', title: 'Summary', View: Summary },
  { id: 'fields', title: 'Fields', View: FieldTable },
  { id: 'confusion', title: 'Confusion', View: Confusion },
  { id: 'calibration', title: 'Calibration', View: Calibration },
  { id: 'slices', title: 'Slices', View: Slices },
  { id: 'errors', title: 'Errors', View: Errors },
] as const;

/** How good the student is, with intervals, beside the teacher and a baseline. */
export function Evaluate() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const [view, setView] = useState<string | null>('summary');
  const latest = useCall('evaluate.latest', {});
  const state = useCall('review.state', {});
  const run = useJob('evaluate', 'evaluate.run');
  const save = useChange('evaluate.save');
  const stored = latest.data?.evaluation;
  const looks = state.data?.looks.holdout ?? 0;

  // What the answers of this task do not have is no view.
  const shown = views.filter(
    ({ id }) =>
      (id !== 'fields' || stored?.report.fields) &&
      (id !== 'confusion' || stored?.report.classes.length !== 0),
  );

  const saveReport = async () => {
    const path = await chooseSavePath('Save the report', 'report.html', [
      { name: 'Web page', extensions: ['html'] },
    ]);
    if (path) save.mutate({ path });
  };

  if (summary && summary.students === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="No student to measure yet"
          action={<Button onClick={() => navigate('~/train')}>Train a student</Button>}
        >
          Train one first. It is then measured on records that it has never seen.
        </EmptyState>
      </ScreenFrame>
    );
  if (summary && summary.bySplit.holdout === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="Seal a holdout first"
          action={<Button onClick={() => navigate('~/review')}>Review and seal</Button>}
        >
          A fair test needs records that a person has judged and that training never sees.
        </EmptyState>
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      action={
        <>
          {stored && (
            <Button variant="default" loading={save.isPending} onClick={() => void saveReport()}>
              Save report…
            </Button>
          )}
          <Button loading={run.isRunning} onClick={() => void run.start({})}>
            Evaluate · look {looks + 1}
          </Button>
        </>
      }
    >
      <ErrorPanel error={run.error ?? latest.error ?? save.error} />
      <JobProgress job={run.job} />
      {latest.isPending ? (
        <Loading words="Reading the last evaluation…" />
      ) : !stored ? (
        <EmptyState title="Not measured yet">
          One press measures the newest student on the holdout. Each look is counted and stays on
          record, because looking often and picking the best makes scores too good.
        </EmptyState>
      ) : (
        <>
          <Headline stored={stored} />
          <Tabs value={view} onChange={setView} keepMounted={false}>
            <Tabs.List mb="md">
              {shown.map(({ id, title }) => (
                <Tabs.Tab key={id} value={id}>
                  {title}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {shown.map(({ id, View }) => (
              <Tabs.Panel key={id} value={id}>
                <View stored={stored} />
              </Tabs.Panel>
            ))}
          </Tabs>
          <Compared />
        </>
      )}
    </ScreenFrame>
  );
}
