import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { interval, percent } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { Loading } from '../../ui/Loading.tsx';
import { Figure, Panel } from '../../ui/Panel.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Gates } from './Gates.tsx';
import { nextStep } from './next-step.ts';
import classes from './Overview.module.css';
import { StageRows } from './StageRows.tsx';

/** Where the project stands: the next step, two figures, the stages and the gates. */
export function Overview() {
  const summary = useSummary();
  const [, navigate] = useLocation();
  if (!summary)
    return (
      <ScreenFrame>
        <Loading />
      </ScreenFrame>
    );
  const next = nextStep(summary);
  const { accuracy, coverage } = summary;
  return (
    <ScreenFrame>
      {summary.isSample && (
        <p className={classes.banner}>
          This is a copy of the sample. Its teacher's answers were recorded earlier; nothing is sent
          to the internet.
        </p>
      )}
      <div className={classes.top}>
        <section className={classes.next} aria-label="Next step">
          <h2 className={classes.nextTitle}>Next: {next.title}</h2>
          <p>{next.why}</p>
          <Button onClick={() => navigate(`~/${next.screen}`)}>{next.button}</Button>
        </section>
        <div className={classes.figures}>
          <Figure
            label="Accuracy on the holdout"
            value={accuracy ? percent(accuracy.value) : '–'}
            note={accuracy ? `95 % interval ${interval(accuracy)}` : 'not measured yet'}
          />
          <Figure
            label="Requests it may answer alone"
            value={coverage ? percent(coverage.value, 0) : '–'}
            note={
              coverage
                ? `at most ${percent(coverage.maxError)} of its answers wrong`
                : 'no threshold chosen yet'
            }
          />
        </div>
      </div>
      <div className={classes.columns}>
        <Panel title="Stages">
          <StageRows summary={summary} />
        </Panel>
        <Panel title="Gates">
          <Gates gates={summary.gates} />
        </Panel>
      </div>
    </ScreenFrame>
  );
}
