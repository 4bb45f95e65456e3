import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { counted, interval, percent } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { Loading } from '../../ui/Loading.tsx';
import { Figure, Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { nextStep } from './next-step.ts';
import classes from './Overview.module.css';
import { RunItAll } from './RunItAll.tsx';
import { useRunItAll } from './run-it-all.ts';
import { StageRows } from './StageRows.tsx';

/** Where the project stands: the next step, two figures, and the nine stages with their gates. */
export function Overview() {
  const summary = useSummary();
  const runState = useRunItAll(({ path, state }) => (path === summary?.path ? state : 'idle'));
  if (!summary)
    return (
      <ScreenFrame>
        <Loading />
      </ScreenFrame>
    );
  const { accuracy, coverage, isSample, students } = summary;
  return (
    <ScreenFrame>
      <div className={classes.top}>
        {isSample && (students === 0 || runState !== 'idle') ? (
          <RunItAll summary={summary} />
        ) : (
          <NextStep />
        )}
        <div className={classes.figures}>
          <Figure
            label="Right answers on the holdout"
            value={accuracy ? percent(accuracy.value) : '–'}
            note={
              accuracy
                ? `of ${counted(accuracy.n, 'record')}; 95 % interval ${interval(accuracy)} %`
                : 'not measured yet'
            }
          />
          <Figure
            label="Requests it may answer alone"
            value={coverage ? percent(coverage.value, 0) : '–'}
            note={
              coverage
                ? `at most ${percent(coverage.maxError)} of its answers wrong, ${
                    coverage.confidence === null
                      ? 'an estimate'
                      : `with ${percent(coverage.confidence, 0)} confidence`
                  }`
                : 'no threshold chosen yet'
            }
          />
        </div>
      </div>
      <Panel title="Stages and gates">
        <StageRows summary={summary} />
      </Panel>
    </ScreenFrame>
  );
}

function NextStep() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  if (!summary) return null;
  const next = nextStep(summary);
  return (
    <section className={classes.next} aria-label="Next step">
      <h2 className={classes.nextTitle}>Next: {next.title}</h2>
      <p>{next.why}</p>
      <Button onClick={() => navigate(`~/${next.screen}`)}>{next.button}</Button>
    </section>
  );
}
