import { Button, Group, Loader } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { ProjectSummary } from '../../../shared/contract/project.ts';
import { showInFolder } from '../../lib/desktop.ts';
import { useRunningJob } from '../../lib/ui-store.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import classes from './Overview.module.css';
import { runItAll, stopRun, useRunItAll } from './run-it-all.ts';

/** The sample's card: all nine stages at one press, with what is at work and what came of it. */
export function RunItAll({ summary }: { readonly summary: ProjectSummary }) {
  const run = useRunItAll();
  const job = useRunningJob();
  const [, navigate] = useLocation();
  const isOwn = run.path === summary.path;
  const state = isOwn ? run.state : 'idle';
  const start = () => void runItAll(summary.path, summary.filesFolder);
  return (
    <section className={classes.next} aria-label="The sample, all nine stages">
      <h2 className={classes.nextTitle}>{titles[state]}</h2>
      <p>
        Teacher answers were recorded earlier and approvals came with the sample. Nothing is sent to
        the internet.
      </p>
      <ErrorPanel error={isOwn ? run.error : null} />
      {state === 'running' &&
        (job ? (
          <div className={classes.runJob}>
            <JobProgress job={job} hasCancel={false} />
          </div>
        ) : (
          <Loader size="sm" aria-label="Working" />
        ))}
      <Group gap="sm">
        {state === 'idle' && (
          <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={start}>
            Run it all
          </Button>
        )}
        {(state === 'stopped' || state === 'failed') && (
          <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={start}>
            Go on
          </Button>
        )}
        {state === 'running' && (
          <Button variant="default" onClick={stopRun}>
            Stop
          </Button>
        )}
        {state === 'idle' && (
          <Button variant="default" onClick={() => navigate('~/teach')}>
            Step by step
          </Button>
        )}
        {state === 'done' && (
          <>
            <Button onClick={() => navigate('~/evaluate')}>See the report</Button>
            <Button variant="default" onClick={() => navigate('~/route')}>
              Try a question
            </Button>
            {run.reportPath && (
              <Button variant="default" onClick={() => void showInFolder(run.reportPath!)}>
                Show the files
              </Button>
            )}
          </>
        )}
      </Group>
    </section>
  );
}

const titles = {
  idle: 'All nine stages, about a minute',
  running: 'Running all nine stages…',
  stopped: 'Stopped; what is done is kept',
  failed: 'Stopped at an error; what is done is kept',
  done: 'Done: a student, its proof and its card',
} as const;
