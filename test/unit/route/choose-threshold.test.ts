import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { clopperPearsonUpper } from '../../../src/main/lib/statistics/binomial.ts';
import {
  chooseThreshold,
  rowsWithoutError,
  type ThresholdChoice,
} from '../../../src/main/route/choose-threshold.ts';

const target = { maxError: 0.05, confidence: 0.95 };

/** Confidence u uniform in [0, 1); an answer is wrong with probability 0.4 (1 - u)², so R(t) = 0.4 (1 - t)² / 3. */
function draw(seed: number, rows: number): { confidence: Float64Array; isCorrect: boolean[] } {
  const rng = createRng(seed);
  const confidence = Float64Array.from({ length: rows }, () => rng.next());
  const isCorrect = Array.from(confidence, (u) => rng.next() >= 0.4 * (1 - u) ** 2);
  return { confidence, isCorrect };
}
const trueError = (threshold: number) => (0.4 * (1 - threshold) ** 2) / 3;
const oracleCoverage = Math.sqrt((3 * target.maxError) / 0.4);

function countBroken(choose: (confidence: Float64Array, isCorrect: boolean[]) => number | null) {
  let broken = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const { confidence, isCorrect } = draw(seed, 800);
    const threshold = choose(confidence, isCorrect);
    if (threshold !== null && trueError(threshold) > target.maxError) broken++;
  }
  return broken / 400;
}

describe('the promise', () => {
  test('is broken in at most 5 % of draws of the calibration rows', () => {
    expect(countBroken((c, r) => chooseThreshold(c, r, target).threshold)).toBeLessThan(0.05);
  });

  test('is broken often when the largest passing share is taken without a bound (control)', () => {
    const naive = (confidence: Float64Array, isCorrect: boolean[]) => {
      const order = Array.from(confidence.keys()).sort((a, b) => confidence[b]! - confidence[a]!);
      let wrong = 0;
      let threshold: number | null = null;
      order.forEach((row, i) => {
        if (!isCorrect[row]) wrong++;
        if (wrong <= target.maxError * (i + 1)) threshold = confidence[row]!;
      });
      return threshold;
    };
    expect(countBroken(naive)).toBeGreaterThan(0.3);
  });

  test('costs at most 3 points of coverage at 10,000 rows', () => {
    const { confidence, isCorrect } = draw(3, 10_000);
    const { accepted } = chooseThreshold(confidence, isCorrect, target);
    expect(accepted / 10_000).toBeGreaterThan(oracleCoverage - 0.03);
  });
});

test('without one error it takes 299 rows for 1 %, as UX.md says', () => {
  const certain = { maxError: 0.01, confidence: 0.95 };
  expect(rowsWithoutError(certain)).toBe(299);
  const perfect = (rows: number) =>
    chooseThreshold(
      Array.from({ length: rows }, (_, i) => 1 - i / 10_000),
      Array(rows).fill(true),
      certain,
    );
  expect(perfect(298)).toMatchObject({ threshold: null, accepted: 0, errorUpperBound: 1 });
  for (const rows of [299, 350, 450, 597, 598, 620, 2_000])
    expect(perfect(rows).accepted, `${rows} perfect rows`).toBe(rows);
});

test('the reported bound is that of Clopper and Pearson and never above the target', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { confidence, isCorrect } = draw(seed, 1_500);
    const { accepted, errors, errorUpperBound } = chooseThreshold(confidence, isCorrect, target);
    expect(errorUpperBound).toBeLessThanOrEqual(target.maxError);
    expect(errorUpperBound).toBeGreaterThanOrEqual(clopperPearsonUpper(errors, accepted, 0.95));
    expect(errorUpperBound).toBeGreaterThan(errors / accepted);
  }
});

test('rows of equal confidence are accepted together or not at all', () => {
  const { isCorrect } = draw(9, 3_000);
  const confidence = draw(9, 3_000).confidence.map((u) => Math.floor(u * 8) / 8);
  const { threshold, accepted } = chooseThreshold(confidence, isCorrect, target);
  expect(accepted).toBe(confidence.filter((u) => u >= threshold!).length);
  const level = Array.from({ length: 500 }, () => 0.7);
  const wrong = level.map((_, i) => i % 5 !== 0);
  expect(chooseThreshold(level, wrong, target).threshold).toBeNull();
});

test('does not depend on the order of the rows', () => {
  const { confidence, isCorrect } = draw(4, 900);
  const shuffled = createRng(1).shuffle(Array.from(confidence.keys()));
  const again: ThresholdChoice = chooseThreshold(
    shuffled.map((row) => confidence[row]!),
    shuffled.map((row) => isCorrect[row]!),
    target,
  );
  expect(again).toEqual(chooseThreshold(confidence, isCorrect, target));
});

test('a confidence that misleads still gets a threshold from the other starts', () => {
  const { confidence, isCorrect } = draw(6, 4_000);
  const overconfident = confidence.map((u) => 0.999 + u / 1_000);
  expect(chooseThreshold(overconfident, isCorrect, target).accepted).toBeGreaterThan(1_000);
});

test('no rows, no promise', () => {
  expect(chooseThreshold([], [], target)).toMatchObject({ threshold: null, errorUpperBound: 1 });
});
