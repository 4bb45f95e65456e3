export interface ScheduleOptions {
  readonly peak: number;
  /** Units: steps. */
  readonly warmUp: number;
  /** Units: steps, warm-up included. */
  readonly total: number;
  readonly shape: 'cosine' | 'linear';
}

/**
 * The learning rate of a step, counted from 0: up in a line, then down to zero.
 * @see Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, equation 5
 */
export function learningRate(
  { peak, warmUp, total, shape }: ScheduleOptions,
  step: number,
): number {
  // η = η₀ (t + 1) / w
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  const progress = Math.min(1, (step - warmUp) / Math.max(1, total - warmUp));
  // η = η₀ (1 - p), or η₀ (1 + cos πp) / 2
  return peak * (shape === 'linear' ? 1 - progress : (1 + Math.cos(Math.PI * progress)) / 2);
}
