import { bytes, interval, percent, time } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { mainMetric } from './main-metric.ts';

/** All students side by side; shown once there are two. */
export function Compared() {
  const { data: students = [] } = useCall('evaluate.compare', {});
  if (students.length < 2) return null;
  return (
    <Panel title="Students side by side">
      <PlainTable
        label="Students side by side"
        rows={students}
        keyOf={({ studentId }) => studentId}
        columns={[
          { title: 'Student', cell: ({ kind, createdAtMs }) => `${kind}, ${time(createdAtMs)}` },
          {
            title: 'Holdout, %',
            isNumber: true,
            cell: ({ measured }) => {
              const score = measured?.metrics[mainMetric(measured)];
              return score ? `${percent(score.value)} [${interval(score)}]` : 'not measured';
            },
          },
          {
            title: 'Validation, %',
            isNumber: true,
            cell: (student) => {
              const score = student.validation[mainMetric({ metrics: student.validation })];
              return score ? percent(score.value) : '–';
            },
          },
          {
            title: 'Size',
            isNumber: true,
            cell: ({ measured }) => (measured ? bytes(measured.sizeBytes) : '–'),
          },
          {
            title: 'One answer',
            isNumber: true,
            cell: ({ measured }) => (measured ? `${measured.p50Ms.toFixed(2)} ms` : '–'),
          },
        ]}
      />
    </Panel>
  );
}
