import { Button, Checkbox, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { count } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SendButton } from '../../ui/teacher/SendButton.tsx';
import { TeacherFields } from '../../ui/teacher/TeacherFields.tsx';
import { hasCap, toTeacher, useTeacher } from '../../ui/teacher/teacher-store.ts';
import classes from './Augment.module.css';
import { Drafts } from './Drafts.tsx';
import { Outcome } from './Outcome.tsx';
import { PlanPreview } from './PlanPreview.tsx';
import { toQuotas, usePlan } from './plan-store.ts';
import { Recipes } from './Recipes.tsx';

const PREVIEWED = 3;

/** Which cases are missing: recipes with their quotas, what they would make, and the drafts that wait. */
export function Augment() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  const recipes = useCall('augment.recipes', {});
  const { lines, verifies } = usePlan();
  const teacher = useTeacher();
  const quotas = toQuotas(lines);
  const wanted = quotas.reduce((sum, quota) => sum + quota.count, 0);
  const asksTeacher = quotas.some(({ strategy }) =>
    recipes.data?.some(({ id, maker }) => id === strategy && maker === 'teacher'),
  );
  const plan = { quotas, verifies, ...(asksTeacher ? toTeacher(teacher) : {}) };
  const key = JSON.stringify(plan);
  const [previewedKey, setPreviewedKey] = useState('');
  const preview = useChange('augment.preview', () => setPreviewedKey(key));
  const run = useJob('augment', 'augment.run');
  const isFresh = preview.data !== undefined && previewedKey === key;
  const isReady = wanted > 0 && (!asksTeacher || (teacher.model.trim() !== '' && hasCap(teacher)));
  const { reset } = preview;
  const ended = run.job?.state;
  useEffect(() => {
    if (ended !== 'done') return;
    reset();
    usePlan.setState({ lines: [] });
  }, [ended, reset]);

  if (summary && summary.labelled === 0)
    return (
      <ScreenFrame>
        <EmptyState
          title="Nothing to build on yet"
          action={<Button onClick={() => navigate('~/teach')}>Get labels first</Button>}
        >
          New records are made from records that have a label. Train once to aim hard negatives at
          real mistakes.
        </EmptyState>
      </ScreenFrame>
    );

  const show = () => preview.mutate({ ...plan, count: PREVIEWED });
  const canSend = isFresh && preview.data?.teacher;
  return (
    <ScreenFrame
      action={
        <>
          <Button
            variant={asksTeacher && !canSend ? 'filled' : 'default'}
            disabled={!isReady || run.isRunning}
            loading={preview.isPending}
            onClick={show}
          >
            {asksTeacher ? 'Preview what is sent' : `Preview ${PREVIEWED}`}
          </Button>
          {canSend ? (
            <SendButton
              preview={canSend}
              maxCostUsd={teacher.maxCostUsd}
              isRunning={run.isRunning}
              note="Drafts that do not hold up are asked for again, at most three times and never above the cap."
              onSend={() => void run.start(plan)}
            />
          ) : (
            !asksTeacher && (
              <Button
                disabled={!isReady}
                loading={run.isRunning}
                onClick={() => void run.start(plan)}
              >
                {wanted > 0 ? `Make ${count(wanted)}` : 'Make drafts'}
              </Button>
            )
          )}
        </>
      }
    >
      <ErrorPanel
        error={preview.error ?? run.error ?? recipes.error}
        action={
          (preview.error ?? run.error)?.message.includes('may leave') && (
            <Button size="compact-sm" variant="default" onClick={() => navigate('~/collect')}>
              Choose what may leave
            </Button>
          )
        }
      />
      <JobProgress job={run.job} />
      {recipes.isPending ? (
        <Loading words="Reading the recipes…" />
      ) : (
        <div className={classes.columns}>
          <div>
            {(['rules', 'teacher'] as const).map((maker) => (
              <Recipes
                key={maker}
                maker={maker}
                recipes={recipes.data ?? []}
                labels={summary?.task.labels ?? []}
              />
            ))}
            {asksTeacher && (
              <Panel title="Teacher">
                <Stack gap="md">
                  <TeacherFields />
                  <Checkbox
                    label="Ask it about each draft once more, without telling it the label"
                    checked={verifies}
                    onChange={(event) => usePlan.setState({ verifies: event.target.checked })}
                  />
                </Stack>
              </Panel>
            )}
          </div>
          <div className={classes.made}>
            {isFresh && preview.data && (
              <PlanPreview preview={preview.data} recipes={recipes.data ?? []} />
            )}
            {run.result && <Outcome outcome={run.result} recipes={recipes.data ?? []} />}
            <Drafts recipes={recipes.data ?? []} />
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}
