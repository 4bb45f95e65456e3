import type { EvaluationReport } from '../../../shared/contract/evaluate.ts';
import type { Metrics } from '../../../shared/domain/metrics.ts';

const ids = ['accuracy', 'replyRight', 'exactMatch', 'fieldF1', 'macroF1'] as const;

/** The metric that speaks for a task's answers: the first of the usual ones that was measured. */
export function mainMetric({ metrics }: Pick<EvaluationReport, 'metrics'>): string {
  return ids.find((id) => metrics[id] !== undefined) ?? Object.keys(metrics)[0] ?? 'accuracy';
}

const ENOUGH_TO_COMPARE = 30;

/** The teacher's figures where it may see enough of the records for a comparison to say something. */
export function comparableTeacher(report: EvaluationReport): Metrics | undefined {
  const n = report.teacherComparison?.n ?? 0;
  return n >= ENOUGH_TO_COMPARE ? report.teacher : undefined;
}
