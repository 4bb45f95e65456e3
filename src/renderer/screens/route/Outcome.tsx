import type { RouteOutcome } from '../../../shared/contract/route.ts';
import { count, dollars, percent } from '../../lib/format.ts';
import { LineChart } from '../../ui/chart/LineChart.tsx';
import { percentEnds } from '../../ui/chart/percent-ends.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Figure, Panel } from '../../ui/Panel.tsx';
import classes from './Route.module.css';

/** What the threshold came to: the sentence with its condition, the curve, the savings. */
export function Outcome({ outcome }: { readonly outcome: RouteOutcome }) {
  const { threshold, coverage, accepted, errors, errorUpperBound, maxError, savings } = outcome;
  const highest = Math.max(maxError * 1.6, ...outcome.riskCoverage.map(({ risk }) => risk));
  const hasChoice = threshold !== null && accepted > 0;
  return (
    <>
      <section className={classes.result} aria-label="Result">
        <p className={classes.words} data-impossible={!hasChoice}>
          {outcome.words}
        </p>
        {outcome.warnings.map((warning) => (
          <p key={warning} className={classes.warning}>
            <GateMark state="warned" word="" /> {warning}
          </p>
        ))}
        <div className={classes.figures}>
          <Figure
            label="Answered alone"
            value={percent(coverage, 0)}
            note={`${count(accepted)} of ${count(outcome.calibrationRows)} calibration records`}
          />
          <Figure
            label="Wrong among them, at most"
            value={percent(errorUpperBound)}
            note={`${count(errors)} wrong there; ${percent(outcome.confidence, 0)} bound`}
          />
          <Figure
            label="Saved"
            value={dollars(savings.usdPer1000)}
            note={`for 1,000 requests: ${savings.formula}`}
          />
        </div>
      </section>
      <Panel title="Errors against how much it answers">
        <LineChart
          caption={`Wrong among the answered when the student answers only its surest requests; allowed ${percent(maxError)}. The band is the 95 % interval at each point; the bar at the threshold is the bound that accounts for the choice among them.`}
          xTitle="Requests that it answers alone, %"
          yTitle="Wrong among them, %"
          xDomain={[0, 100]}
          yDomain={[0, Math.ceil(highest * 105)]}
          series={[
            {
              name: 'Student',
              role: 'student',
              isUnlabelled: true,
              points: outcome.riskCoverage.map((point) => [point.coverage * 100, point.risk * 100]),
              intervals: outcome.riskCoverage.map(percentEnds),
            },
          ]}
          level={{ at: maxError * 100, label: `allowed ${percent(maxError)}` }}
          {...(hasChoice
            ? {
                chosen: {
                  x: coverage * 100,
                  y: (errors / accepted) * 100,
                  high: errorUpperBound * 100,
                  label: `threshold ${threshold.toFixed(3)}`,
                },
              }
            : {})}
        />
      </Panel>
    </>
  );
}
