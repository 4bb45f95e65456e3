import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { wholeMetric } from '../../../shared/domain/metrics.ts';
import { counted, duration, interval, percent } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall } from '../../lib/query.ts';
import { useUi } from '../../lib/ui-store.ts';
import { useForm } from '../../lib/use-form.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { BaseChoice } from './BaseChoice.tsx';
import { Curve } from './Curve.tsx';
import { EncoderChoice } from './EncoderChoice.tsx';
import { FieldsLearnt } from './FieldsLearnt.tsx';
import { KindChoice } from './KindChoice.tsx';
import { PausedRun } from './PausedRun.tsx';
import { ReplyTypes } from './ReplyTypes.tsx';
import { RunControls } from './RunControls.tsx';
import { Students } from './Students.tsx';
import { Tables } from './Tables.tsx';
import classes from './Train.module.css';

/** Choose a student, watch it learn, see what came of it. */
export function Train() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const form = useForm();
  const kinds = useCall('train.kinds', {});
  const students = useCall('train.students', {});
  const [kind, setKind] = useState('best');
  const [encoderFolder, setEncoderFolder] = useState<string>();
  const [baseFolder, setBaseFolder] = useState<string>();
  const hasEncoder = kinds.data?.find(({ id }) => id === kind)?.hasEncoder ?? false;
  const needsBase = kinds.data?.find(({ id }) => id === kind)?.needsBase ?? false;
  const provider = useUi(({ settings }) => settings?.provider ?? 'cpu');
  const start = () =>
    train.start({
      student: kind,
      provider,
      ...(hasEncoder && encoderFolder ? { encoderFolder } : {}),
      ...(needsBase && baseFolder ? { baseFolder } : {}),
    });
  const train = useJob('train', 'train.run');
  const running = train.job?.state === 'running' ? train.job : undefined;
  const points = running?.points ?? [];

  if (summary && summary.labelled === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="Nothing to learn from yet"
          action={<Button onClick={() => navigate('~/teach')}>Ask the teacher</Button>}
        >
          A student learns from records with a label: import a file that has them, or ask the
          teacher.
        </EmptyState>
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      action={
        running ? (
          <RunControls job={running} />
        ) : (
          <Button
            loading={train.isRunning}
            disabled={needsBase && !baseFolder}
            onClick={() => void start()}
          >
            Train
          </Button>
        )
      }
    >
      <ErrorPanel error={train.error ?? kinds.error ?? students.error} />
      <JobProgress job={running} hasCancel={false} />
      {points.length > 0 && <Curve points={points} />}
      {!train.isRunning && (
        <>
          <PausedRun />
          <KindChoice kinds={kinds.data ?? []} value={kind} onChange={setKind} />
          {hasEncoder && <EncoderChoice folder={encoderFolder} onChange={setEncoderFolder} />}
          {needsBase && <BaseChoice folder={baseFolder} onChange={setBaseFolder} />}
        </>
      )}
      {train.result && <Outcome outcome={train.result} />}
      {students.data && summary?.task.kind === 'rewrite' && !train.isRunning && (
        <ReplyTypes students={students.data} />
      )}
      {students.data && <FieldsLearnt students={students.data} />}
      {form && <Tables form={form} />}
      {students.data && students.data.length > 0 && <Students students={students.data} />}
    </ScreenFrame>
  );
}

type Result = NonNullable<ReturnType<typeof useJob<'train', 'train.run'>>['result']>;

function Outcome({ outcome }: { readonly outcome: Result }) {
  const { validation, rows, validationRows, wallSeconds, excluded, selfTrained, endedEarly } =
    outcome;
  const accuracy = validation[wholeMetric(validation)];
  return (
    <Panel title="Trained just now">
      <p className={classes.outcome}>
        {counted(rows, 'record')} in {duration(wallSeconds)}.{' '}
        {endedEarly && `Stopped by you at epoch ${endedEarly.epoch} of ${endedEarly.epochs}. `}
        {endedEarly === null && 'Stopped by you before the last training, on all records. '}
        {accuracy &&
          `${percent(accuracy.value)} right on ${counted(validationRows, 'validation record')} [${interval(accuracy)}]. `}
        {excluded.heldOut > 0 && `${counted(excluded.heldOut, 'record')} held out. `}
        {selfTrained > 0 &&
          `${counted(selfTrained, 'private record')} without a label helped, without leaving. `}
        Validation says how training went; the holdout says how good the student is.
      </p>
      {outcome.shortcuts.map((words) => (
        <p key={words} className={classes.outcome}>
          {words}
        </p>
      ))}
    </Panel>
  );
}
