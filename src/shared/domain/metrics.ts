/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type Metrics = Readonly<Record<string, Estimate>>;

/** Of the figures of answers as wholes, the id of the one that a task has. */
export function wholeMetric(metrics: Metrics): 'accuracy' | 'replyRight' | 'exactMatch' {
  const ids = ['accuracy', 'replyRight'] as const;
  return ids.find((id) => metrics[id] !== undefined) ?? 'exactMatch';
}
