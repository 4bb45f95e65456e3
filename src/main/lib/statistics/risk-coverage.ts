import type { RiskPoint } from '../../../shared/contract/evaluate.ts';
import { wilson } from './wilson.ts';

const POINTS = 100;

/**
 * How the error among the answered grows with the share answered; rows of equal confidence are answered together.
 * Each interval is of its own point, not of a choice among them.
 */
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
    const { value: risk, low, high } = wilson(wrong, i + 1);
    points.push({ coverage: (i + 1) / rows, threshold: confidence[row]!, risk, low, high });
  });
  return points;
}
