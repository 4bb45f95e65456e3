import type { StoredEvaluation } from '../../../shared/contract/evaluate.ts';
import { count, counted, dollars, interval, percent, points } from '../../lib/format.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Figure } from '../../ui/Panel.tsx';
import classes from './Evaluate.module.css';
import { comparableTeacher, mainMetric } from './main-metric.ts';

const judges = {
  human: 'people',
  imported: 'the imported file',
  teacher: 'the teacher',
} as const;

/** The student's figure, the teacher's, and whether they differ. */
export function Headline({ stored }: { readonly stored: StoredEvaluation }) {
  const { report, titles, isStale } = stored;
  const id = mainMetric(report);
  const student = report.metrics[id]!;
  const { teacherComparison: comparison, cost, speed } = report;
  const teacher = comparableTeacher(report)?.[id];
  return (
    <section className={classes.headline} aria-label="Result">
      <p className={classes.on}>
        {titles[id] ?? id} on the {report.split}: {counted(report.n, 'record')}, judged by{' '}
        {judges[report.goldAuthor]}, {report.sealed ? 'sealed' : 'not sealed'}, look {report.looks}.{' '}
        {isStale && <GateMark state="stale" word="The data have changed since" />}
      </p>
      <div className={classes.figures}>
        <Figure
          label="Student"
          value={percent(student.value)}
          note={`95 % interval ${interval(student)}`}
        />
        {teacher && (
          <Figure
            label="Teacher"
            value={percent(teacher.value)}
            note={`95 % interval ${interval(teacher)}${comparison ? `, on ${count(comparison.n)} of ${count(comparison.of)}` : ''}`}
          />
        )}
        {teacher && comparison && (
          <Figure
            label={`Student minus teacher, on the same ${count(comparison.n)}`}
            value={`${points(comparison.difference.value)} points`}
            note={`${points(comparison.difference.low)} to ${points(comparison.difference.high)}: ${differenceWords(comparison.difference)}`}
          />
        )}
        <Figure
          label="One answer takes"
          value={`${speed.p50Ms.toFixed(speed.p50Ms < 1 ? 2 : 1)} ms`}
          note={`${count(Math.round(speed.batchPerSecond))} a second in batches`}
        />
        {cost.teacherUsdPer1000 !== null && (
          <Figure
            label="The teacher costs"
            value={dollars(cost.teacherUsdPer1000)}
            note="for 1,000 requests"
          />
        )}
      </div>
      {report.warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <GateMark state="warned" word="" /> {warning}
        </p>
      ))}
    </section>
  );
}

function differenceWords({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low > 0) return 'the student is better';
  if (high < 0) return 'the teacher is better';
  return 'no clear difference';
}
