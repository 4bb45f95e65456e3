import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import type { Metrics } from '../../../shared/domain/metrics.ts';
import { interval, percent, sentenceCase } from '../../lib/format.ts';
import { DotWhisker, type Whisker } from '../../ui/chart/DotWhisker.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Evaluate.module.css';
import { comparableTeacher, mainMetric } from './main-metric.ts';
import { metricMeanings } from './metric-meanings.ts';

/** Lower is better, or not a share: shown as a number. */
const plainNumbers = new Set(['ece', 'brier', 'nll', 'oosAuroc']);

const cell = (metrics: Metrics | undefined, id: string) => {
  const estimate = metrics?.[id];
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  return plainNumbers.has(id)
    ? `${value.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}]`
    : `${percent(value)} [${interval(estimate)}]`;
};

/** Who is how good, drawn and in figures. */
export function Summary({ stored: { report, titles } }: { readonly stored: StoredEvaluation }) {
  const id = mainMetric(report);
  const teacher = comparableTeacher(report);
  const answerers = [
    { name: 'Student', role: 'student', metrics: report.metrics },
    { name: 'Teacher', role: 'teacher', metrics: teacher },
    { name: 'Nearest neighbours', role: 'baseline', metrics: report.baselines.knn },
    { name: 'Commonest answer', role: 'baseline', metrics: report.baselines.majority },
  ] as const;
  const rows = answerers.flatMap(({ name, role, metrics }): Whisker[] =>
    metrics?.[id] ? [{ name, role, estimate: metrics[id] }] : [],
  );
  const title = titles[id] ?? sentenceCase(id);
  return (
    <div className={classes.summary}>
      <Panel title={`${title}, beside the others`}>
        <DotWhisker
          caption={rows
            .map(({ name, estimate }) => `${name} ${percent(estimate.value)}`)
            .join(', ')}
          title={title}
          rows={rows}
        />
      </Panel>
      <Panel title="All figures">
        <PlainTable
          label="Metrics with 95 % intervals"
          rows={Object.keys(report.metrics)}
          keyOf={(metric) => metric}
          columns={[
            {
              title: 'Metric',
              cell: (metric) => (
                <>
                  {titles[metric] ?? sentenceCase(metric)}
                  <span className={classes.meaning}>{metricMeanings[metric]}</span>
                </>
              ),
            },
            {
              title: 'Student',
              isNumber: true,
              cell: (metric) => cell(report.metrics, metric),
            },
            ...(teacher
              ? [
                  {
                    title: 'Teacher',
                    isNumber: true,
                    cell: (metric: string) => cell(teacher, metric),
                  },
                ]
              : []),
            {
              title: 'Nearest neighbours',
              isNumber: true,
              cell: (metric) => cell(report.baselines.knn, metric),
            },
          ]}
        />
      </Panel>
    </div>
  );
}
