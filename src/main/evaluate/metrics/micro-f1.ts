import type { Estimate } from '../../../shared/domain/metrics.ts';
import type { Scored } from '../scored.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { resample } from './resample.ts';

/** Micro F1 over the values of outputs that are counted, with an interval from a bootstrap of rows. */
export function microF1(
  { gold, answers }: Scored,
  isCounted: (leaf: Leaf) => boolean,
): Estimate | undefined {
  const counts = gold.map((key, row) =>
    countMatches(leavesOf(key).filter(isCounted), leavesOf(answers[row]!.key).filter(isCounted)),
  );
  return resample(gold.length, (sample) => {
    let all = 0;
    let hits = 0;
    for (let i = 0; i < sample.length; i++) {
      const { given, answered, right } = counts[sample[i]!]!;
      all += given + answered;
      hits += right;
    }
    // F1 = 2 TP / (2 TP + FP + FN)
    return all === 0 ? 1 : (2 * hits) / all;
  });
}

export interface Matches {
  readonly given: number;
  readonly answered: number;
  readonly right: number;
}

/** How many values are in both, each counted as often as it is in the one that has it less often. */
export function countMatches(given: readonly Leaf[], answered: readonly Leaf[]): Matches {
  const left = new Map<string, number>();
  const keyOf = ({ path, value }: Leaf) => `${path}=${value}`;
  for (const leaf of given) left.set(keyOf(leaf), (left.get(keyOf(leaf)) ?? 0) + 1);
  let right = 0;
  for (const leaf of answered) {
    const count = left.get(keyOf(leaf)) ?? 0;
    if (count === 0) continue;
    right++;
    left.set(keyOf(leaf), count - 1);
  }
  return { given: given.length, answered: answered.length, right };
}
