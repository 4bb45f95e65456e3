import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { chooseFile } from '../../lib/desktop.ts';
import { count } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useChange } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ExactRequest } from '../../ui/teacher/ExactRequest.tsx';
import { SendButton } from '../../ui/teacher/SendButton.tsx';
import { hasCap, useTeacher } from '../../ui/teacher/teacher-store.ts';
import { Answers } from './Answers.tsx';
import { useTeachRequest } from './questions-store.ts';
import { SampleTeacher } from './SampleTeacher.tsx';
import classes from './Teach.module.css';
import { TeacherSettings } from './TeacherSettings.tsx';
import { TeachOutcomeWords } from './TeachOutcomeWords.tsx';

/** Whom to ask, exactly what would be sent, and the button that sends it. */
export function Teach() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const teacher = useTeacher();
  const request = useTeachRequest();
  const key = JSON.stringify(request);
  const [previewedKey, setPreviewedKey] = useState('');
  const preview = useChange('teach.preview', () => setPreviewedKey(key));
  const run = useJob('teach', 'teach.run');
  const replies = useChange('teach.replies');
  const isFresh = preview.data !== undefined && previewedKey === key;
  const mayLeave = summary ? summary.byConsent.permitted + summary.byConsent.redacted : 0;
  const { reset } = preview;
  const ended = run.job?.state;
  useEffect(() => {
    if (ended === 'done') reset();
  }, [ended, reset]);

  const readReplies = async () => {
    const path = await chooseFile('Read replies', [
      { name: 'JSON lines', extensions: ['jsonl', 'ndjson'] },
    ]);
    if (path) replies.mutate({ path });
  };

  if (summary && mayLeave === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="No record may leave"
          action={<Button onClick={() => navigate('~/collect')}>Choose what may leave</Button>}
        >
          All {count(summary.examples)} records are private. A teacher sees only records that you
          permit, for a purpose, to a host, until a date.
        </EmptyState>
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      action={
        <>
          <Button variant="default" loading={replies.isPending} onClick={() => void readReplies()}>
            Read replies…
          </Button>
          {isFresh && preview.data ? (
            <SendButton
              preview={preview.data}
              maxCostUsd={teacher.maxCostUsd}
              isRunning={run.isRunning}
              onSend={() => void run.start(request)}
            />
          ) : (
            <Button
              loading={preview.isPending}
              disabled={request.model === '' || !hasCap(teacher) || run.isRunning}
              onClick={() => preview.mutate({ ...request, count: 50 })}
            >
              Preview what is sent
            </Button>
          )}
        </>
      }
    >
      <ErrorPanel error={preview.error ?? run.error ?? replies.error} />
      <JobProgress job={run.job} />
      {run.result && <TeachOutcomeWords outcome={run.result} />}
      {summary?.isSample && <SampleTeacher />}
      <div className={classes.columns}>
        <TeacherSettings />
        <Panel title="Exactly what will be sent">
          {isFresh && preview.data ? (
            <ExactRequest preview={preview.data} />
          ) : (
            <section className={classes.waiting} aria-label="No preview yet">
              <h3>Look before anything leaves</h3>
              <ol>
                <li>Name the model and who runs it.</li>
                <li>Preview: each request is shown as it would leave, byte for byte.</li>
                <li>Send, at a cost that cannot be exceeded. Everything sent is in the ledger.</li>
              </ol>
              <p className={classes.dim}>Looking sends nothing.</p>
            </section>
          )}
        </Panel>
      </div>
      <Answers />
    </ScreenFrame>
  );
}
