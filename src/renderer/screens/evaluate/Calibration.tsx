import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { count, interval, percent } from '../../lib/format.ts';
import { LineChart } from '../../ui/chart/LineChart.tsx';
import { percentEnds } from '../../ui/chart/percent-ends.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Evaluate.module.css';

/** Is it as often right as it is sure; and how wrong is it when it answers only what it is sure of? */
export function Calibration({ stored: { report } }: { readonly stored: StoredEvaluation }) {
  const bins = report.reliability.filter(({ n }) => n > 0);
  const { ece } = report.metrics;
  const highest = Math.max(0.02, ...report.riskCoverage.map(({ risk }) => risk));
  return (
    <div className={classes.columns}>
      <Panel title="Sureness against truth">
        <LineChart
          caption={`On the dotted line the student is as often right as it is sure; whiskers are 95 % intervals.${ece ? ` Mean gap ${(ece.value * 100).toFixed(1)} points.` : ''}`}
          xTitle="How sure it is, %"
          yTitle="How often it is right, %"
          xDomain={[0, 100]}
          yDomain={[0, 100]}
          series={[
            {
              name: 'Student',
              role: 'student',
              hasDots: true,
              isUnlabelled: true,
              points: bins.map(({ confidence, accuracy }) => [confidence * 100, accuracy * 100]),
              intervals: bins.map(percentEnds),
            },
            {
              name: 'Perfectly calibrated',
              role: 'baseline',
              isUnlabelled: true,
              points: [
                [0, 0],
                [100, 100],
              ],
            },
          ]}
        />
        <PlainTable
          label="Bins of sureness"
          rows={bins}
          keyOf={({ confidence }) => String(confidence)}
          columns={[
            { title: 'Sure', cell: ({ confidence }) => percent(confidence, 0) },
            { title: 'Right', isNumber: true, cell: ({ accuracy }) => percent(accuracy, 0) },
            { title: '95 % interval', isNumber: true, cell: binEnds },
            { title: 'Records', isNumber: true, cell: ({ n }) => count(n) },
          ]}
        />
      </Panel>
      <Panel title="Errors when it answers only the surest">
        <LineChart
          caption="The share of wrong answers when the student gives only its surest ones; the band is the 95 % interval at each point."
          xTitle="Requests answered, %"
          yTitle="Wrong among them, %"
          xDomain={[0, 100]}
          yDomain={[0, Math.ceil(highest * 110)]}
          series={[
            {
              name: 'Student',
              role: 'student',
              isUnlabelled: true,
              points: report.riskCoverage.map(({ coverage, risk }) => [coverage * 100, risk * 100]),
              intervals: report.riskCoverage.map(percentEnds),
            },
          ]}
        />
      </Panel>
    </div>
  );
}

const binEnds = ({ low, high }: { readonly low?: number; readonly high?: number }) =>
  low === undefined || high === undefined ? '–' : interval({ low, high });
