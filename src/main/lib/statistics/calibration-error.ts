export interface ReliabilityBin {
  readonly n: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** Rows in order of confidence, cut into bins of equal mass (equal confidences may be parted). */
export function reliabilityBins(
  confidence: ArrayLike<number>,
  isCorrect: ArrayLike<boolean>,
  count = 15,
): ReliabilityBin[] {
  const order = Array.from({ length: confidence.length }, (_, row) => row).sort(
    (a, b) => confidence[a]! - confidence[b]!,
  );
  const bins: ReliabilityBin[] = [];
  for (let bin = 0; bin < count; bin++) {
    const rows = order.slice(
      Math.round((bin * order.length) / count),
      Math.round(((bin + 1) * order.length) / count),
    );
    if (rows.length === 0) continue;
    let confidenceSum = 0;
    let right = 0;
    for (const row of rows) {
      confidenceSum += confidence[row]!;
      if (isCorrect[row]) right++;
    }
    bins.push({
      n: rows.length,
      confidence: confidenceSum / rows.length,
      accuracy: right / rows.length,
    });
  }
  return bins;
}

/**
 * Expected calibration error over 15 bins of equal mass: Σ (n_b / N) |accuracy_b - confidence_b|.
 * @see Naeini et al., AAAI 2015; equal mass: Nixon et al., "Measuring calibration in deep learning", 2019
 */
export function calibrationError(
  confidence: ArrayLike<number>,
  isCorrect: ArrayLike<boolean>,
  count = 15,
): number {
  return reliabilityBins(confidence, isCorrect, count).reduce(
    (sum, bin) => sum + (bin.n / confidence.length) * Math.abs(bin.accuracy - bin.confidence),
    0,
  );
}
