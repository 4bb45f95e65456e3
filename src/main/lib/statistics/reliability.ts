import type { ReliabilityBin } from '../../../shared/contract/evaluate.ts';
import { wilson } from './wilson.ts';

/** Bins on reliability diagrams and in the expected calibration error. */
export const CONFIDENCE_BINS = 15;

/**
 * The bin of each row, by confidence, in bins of about equal mass. Equal confidences share a bin: which of them comes
 * first says nothing, and a cut between them would make figures depend on the order of the rows.
 * @see Nixon et al., "Measuring calibration in deep learning", 2019
 */
export function confidenceBins(confidence: ArrayLike<number>, count = CONFIDENCE_BINS): Int32Array {
  const rows = confidence.length;
  const order = Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => confidence[a]! - confidence[b]!,
  );
  const binOf = new Int32Array(rows);
  let i = 0;
  for (let bin = 0; bin < count; bin++) {
    const end = Math.round(((bin + 1) * rows) / count);
    const isTied = () => i > 0 && i < rows && confidence[order[i]!] === confidence[order[i - 1]!];
    // A bin that its ties filled beyond its end leaves the next one fewer rows, or none.
    for (const start = i; i < end || (i > start && isTied()); i++) binOf[order[i]!] = bin;
  }
  return binOf;
}

/** What confidence promised and what came of it, bin by bin; bins without rows are left out. */
export function reliabilityBins(
  confidence: ArrayLike<number>,
  isCorrect: ArrayLike<boolean>,
  count = CONFIDENCE_BINS,
): ReliabilityBin[] {
  const sums = Array.from({ length: count }, () => ({ n: 0, confidence: 0, right: 0 }));
  confidenceBins(confidence, count).forEach((bin, row) => {
    const sum = sums[bin]!;
    sum.n++;
    sum.confidence += confidence[row]!;
    if (isCorrect[row]) sum.right++;
  });
  return sums
    .filter(({ n }) => n > 0)
    .map((sum) => {
      const { value: accuracy, low, high } = wilson(sum.right, sum.n);
      return { n: sum.n, confidence: sum.confidence / sum.n, accuracy, low, high };
    });
}
