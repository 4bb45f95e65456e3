import { binomialCdf, clopperPearsonUpper } from '../lib/statistics/binomial.ts';

export interface ThresholdTarget {
  /** Largest tolerated share of wrong answers among the accepted, in (0, 1). */
  readonly maxError: number;
  /** Probability over the draw of the calibration rows that the promise holds. */
  readonly confidence: number;
}

export interface ThresholdChoice {
  /** Accept an answer whose confidence is at least this; null when nothing can be promised. */
  readonly threshold: number | null;
  /** Rows accepted at the threshold, and the wrong answers among them. */
  readonly accepted: number;
  readonly errors: number;
  /** Clopper-Pearson upper bound of the error of the accepted, at the level that was tested; 1 when none is. */
  readonly errorUpperBound: number;
  /** Rows that it takes when not one answer is wrong. */
  readonly neededRows: number;
}

/** Steps of the search; more of them stop earlier, fewer of them jump over the best place. */
const STEPS = 50;
/**
 * Share of the error level that the tests use once an error was seen. The answers that a user counts are a sample
 * too: at the full level the error of the next as many answers exceeds the target in up to 11 % of resplits where
 * 5 % were promised, at 0.4 of it in about 5 % or less (docs/adr/0010-routing-threshold-search.md).
 */
const BATCH_MARGIN = 0.4;
/** Share of the level kept for starts elsewhere, for students whose confidence misleads. */
const RESERVE = 0.35;
/** Where those lie, from the fewest rows that can pass (0) to all rows (1). */
const RESERVE_STARTS = [0, 0.15, 0.3, 0.45, 0.6] as const;

/**
 * The largest share of answers that may be accepted so that, with probability `confidence` over the draw of the
 * calibration rows, the accepted are wrong in at most `maxError` of cases, the search itself accounted for.
 *
 * Learn-then-Test with fixed sequences: rows in order of confidence, H_k = "of answers as sure as the k surest, more
 * than maxError are wrong". Given the inputs, errors are independent with their own probabilities, and by Hoeffding
 * P(Bin(k, maxError) <= errors) is a p-value of H_k. The order of the tests (the start where the confidences alone
 * predict the easiest pass, then ever more rows until a test fails) does not look at what was right, so the first
 * true H_k is rejected with at most the level of its chain, and the levels of all chains add up to 1 - confidence.
 * Assumes that requests and calibration rows are exchangeable; the margin for their own draw is `BATCH_MARGIN`.
 * @see Angelopoulos et al., "Learn then Test", 2021; Hoeffding, Annals of Mathematical Statistics 27, 1956
 */
export function chooseThreshold(
  confidence: ArrayLike<number>,
  isCorrect: ArrayLike<boolean>,
  target: ThresholdTarget,
): ThresholdChoice {
  const { maxError } = target;
  const level = 1 - target.confidence;
  const neededRows = rowsWithoutError(target);
  const order = Array.from({ length: confidence.length }, (_, row) => row).sort(
    (a, b) => confidence[b]! - confidence[a]!,
  );
  const sorted = Float64Array.from(order, (row) => confidence[row]!);
  const errors = new Int32Array(order.length + 1);
  order.forEach((row, i) => {
    errors[i + 1] = errors[i]! + (isCorrect[row] ? 0 : 1);
  });

  const grid = candidates(sorted, neededRows);
  const levels = startLevels(sorted, grid, { maxError, level, neededRows });
  let chosen = 0;
  let chosenLevel = 0;
  let carried = 0;
  grid.forEach((k, i) => {
    const held = carried + levels[i]!;
    const tested = held * (errors[k] === 0 ? 1 : BATCH_MARGIN);
    const isPassed = held > 0 && binomialCdf(errors[k]!, k, maxError) <= tested * (1 + 1e-12);
    carried = isPassed ? held : 0;
    if (!isPassed) return;
    chosen = k;
    chosenLevel = tested;
  });

  if (chosen === 0)
    return {
      threshold: null,
      accepted: 0,
      errors: 0,
      errorUpperBound: 1,
      neededRows,
    };
  return {
    threshold: sorted[chosen - 1]!,
    accepted: chosen,
    errors: errors[chosen]!,
    errorUpperBound: Math.min(
      maxError,
      clopperPearsonUpper(errors[chosen]!, chosen, 1 - chosenLevel),
    ),
    neededRows,
  };
}

/** The fewest rows on which no error at all proves the target: (1 - maxError)^n <= 1 - confidence. */
export function rowsWithoutError({ maxError, confidence }: ThresholdTarget): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log1p(-maxError) - 1e-9);
}

/** Numbers of accepted rows to test, ascending; rows of equal confidence are accepted together. */
function candidates(sorted: Float64Array, fewest: number): number[] {
  const rows = sorted.length;
  if (rows < fewest) return [];
  const grid = new Set<number>();
  for (let step = 0; step <= STEPS; step++) {
    let k = Math.round(fewest + ((rows - fewest) * step) / STEPS);
    while (k < rows && sorted[k] === sorted[k - 1]) k++;
    grid.add(k);
  }
  return [...grid].sort((a, b) => a - b);
}

/** The level that each candidate begins with: most at the predicted best start, a reserve at a fixed one. */
function startLevels(
  sorted: Float64Array,
  grid: readonly number[],
  test: { maxError: number; level: number; neededRows: number },
): Float64Array {
  const levels = new Float64Array(grid.length);
  if (grid.length === 0) return levels;
  const { maxError, level, neededRows } = test;
  const hasReserve = sorted.length >= 2 * neededRows;
  const startLevel = level * (hasReserve ? 1 - RESERVE : 1);
  let best = grid.length - 1;
  let bestEase = Number.NEGATIVE_INFINITY;
  let predictedErrors = 0;
  let row = 0;
  grid.forEach((k, i) => {
    for (; row < k; row++) predictedErrors += 1 - sorted[row]!;
    // (k·maxError - Σ(1 - confidence)) / √k: how many standard deviations below the target the errors should lie
    const ease = (k * maxError - predictedErrors) / Math.sqrt(k);
    const canPass = (1 - maxError) ** k <= startLevel * (1 + 1e-12);
    if (!canPass || ease <= bestEase) return;
    bestEase = ease;
    best = i;
  });
  levels[best] = startLevel;
  for (const start of hasReserve ? RESERVE_STARTS : []) {
    const from = neededRows + start * (sorted.length - neededRows);
    levels[grid.findIndex((k) => k >= from)]! += (level * RESERVE) / RESERVE_STARTS.length;
  }
  return levels;
}
