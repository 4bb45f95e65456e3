import type { EvaluationReport } from '../../../shared/contract/evaluate.ts';
import type { Estimate, Metrics } from '../../../shared/domain/metrics.ts';

const ids = ['accuracy', 'exactMatch', 'fieldF1', 'macroF1'] as const;

/** The metric that speaks for a task's answers: the first of the usual ones that was measured. */
export function mainMetric({ metrics }: Pick<EvaluationReport, 'metrics'>): string {
  return ids.find((id) => metrics[id] !== undefined) ?? Object.keys(metrics)[0] ?? 'accuracy';
}

export const metricOf = (metrics: Metrics | undefined, id: string): Estimate | undefined =>
  metrics?.[id];
