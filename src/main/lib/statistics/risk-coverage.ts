export interface RiskPoint {
  /** Share of requests answered when only answers at least this sure are given. */
  readonly coverage: number;
  readonly threshold: number;
  /** Share of wrong answers among those. */
  readonly risk: number;
}

const POINTS = 100;

/** How the error among the answered grows with the share answered; rows of equal confidence are answered together. */
export function riskCoverage(
  confidence: ArrayLike<number>,
  isRight: ArrayLike<boolean>,
): RiskPoint[] {
  const rows = confidence.length;
  const order = Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => confidence[b]! - confidence[a]!,
  );
  const points: RiskPoint[] = [];
  let wrong = 0;
  let lastStep = 0;
  order.forEach((row, i) => {
    if (!isRight[row]) wrong++;
    const isTied = i + 1 < rows && confidence[order[i + 1]!] === confidence[row];
    const step = Math.floor(((i + 1) * POINTS) / rows);
    if (isTied || (step === lastStep && i + 1 < rows)) return;
    lastStep = step;
    points.push({ coverage: (i + 1) / rows, threshold: confidence[row]!, risk: wrong / (i + 1) });
  });
  return points;
}
