import { expect, test } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import { auroc } from '../../../../src/main/lib/statistics/auroc.ts';
import { bootstrap, quantile } from '../../../../src/main/lib/statistics/bootstrap.ts';
import { mcnemar } from '../../../../src/main/lib/statistics/mcnemar.ts';
import { reliabilityBins } from '../../../../src/main/lib/statistics/reliability.ts';
import { riskCoverage } from '../../../../src/main/lib/statistics/risk-coverage.ts';
import { wilson } from '../../../../src/main/lib/statistics/wilson.ts';

test('AUROC of the radiologist in Hanley and McNeil, Radiology 143, 1982, table I', () => {
  const normal = [33, 6, 6, 11, 2];
  const abnormal = [3, 2, 2, 11, 33];
  const spread = (counts: readonly number[]) =>
    counts.flatMap((count, rating) => Array<number>(count).fill(rating));
  const scores = [...spread(normal), ...spread(abnormal)];
  const isAbnormal = scores.map((_, row) => row >= spread(normal).length);
  expect(auroc(scores, isAbnormal)).toBeCloseTo(0.893, 3);
  expect(auroc([1, 2], [true, true])).toBeNaN();
  expect(auroc([1, Number.NaN, 2], [true, false, true])).toBeTypeOf('number');
});

// Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91, 2013: exact conditional tests of
// airway hyper-responsiveness (1 against 7) and of complete response (6 against 16).
test.each([
  [1, 7, 0.0703],
  [6, 16, 0.0525],
])("McNemar's exact test with %i and %i discordant pairs", (onlyFirst, onlySecond, pValue) => {
  const first = [...Array(onlyFirst).fill(true), ...Array(onlySecond).fill(false), true, false];
  const second = [...Array(onlyFirst).fill(false), ...Array(onlySecond).fill(true), true, false];
  const result = mcnemar(first, second);
  expect(result).toMatchObject({ onlyFirst, onlySecond });
  expect(result.pValue).toBeCloseTo(pValue, 4);
});

test('quantiles between neighbours as R does (type 7)', () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the bootstrap interval of a mean is as wide as theory says, and the same for one seed', () => {
  const rng = createRng(5);
  const values = Float64Array.from({ length: 2_000 }, () => rng.normal());
  const mean = (sample: Int32Array) =>
    sample.reduce((sum, row) => sum + values[row]!, 0) / sample.length;
  const { value, low, high } = bootstrap(values.length, mean, { resamples: 2_000 });
  const reach = 1.96 / Math.sqrt(values.length);
  expect((high - low) / (2 * reach)).toBeCloseTo(1, 1);
  expect((value - low) / reach).toBeGreaterThan(0.85);
  expect((high - value) / reach).toBeGreaterThan(0.85);
  expect(bootstrap(values.length, mean, { resamples: 50 })).toEqual(
    bootstrap(values.length, mean, { resamples: 50 }),
  );
  expect(bootstrap(values.length, mean, { resamples: 50, seed: 1 }).low).not.toBe(
    bootstrap(values.length, mean, { resamples: 50, seed: 2 }).low,
  );
});

test('95 % bootstrap intervals hold the truth in about 95 of 100 draws', () => {
  const rng = createRng(11);
  let held = 0;
  for (let draw = 0; draw < 200; draw++) {
    const values = Uint8Array.from({ length: 150 }, () => (rng.next() < 0.8 ? 1 : 0));
    const { low, high } = bootstrap(
      values.length,
      (sample) => sample.reduce((sum, row) => sum + values[row]!, 0) / sample.length,
      { resamples: 300, seed: draw },
    );
    if (low <= 0.8 && 0.8 <= high) held++;
  }
  expect(held).toBeGreaterThanOrEqual(180);
  expect(held).toBeLessThan(200);
});

test('reliability worked by hand: two bins of two', () => {
  const confidence = [0.6, 0.7, 0.9, 1];
  const isRight = [true, false, true, true];
  expect(reliabilityBins(confidence, isRight, 2)).toMatchObject([
    { n: 2, confidence: expect.closeTo(0.65, 12), accuracy: 0.5 },
    { n: 2, confidence: expect.closeTo(0.95, 12), accuracy: 1 },
  ]);
});

test('equal confidences share a bin, whatever the order of the rows', () => {
  const confidence = [0.5, 0.5, 0.5, 0.5, 0.9];
  for (const isRight of [
    [true, true, false, false, true],
    [false, true, false, true, true],
  ])
    expect(reliabilityBins(confidence, isRight, 3)).toMatchObject([
      { n: 4, confidence: 0.5, accuracy: 0.5, low: wilson(2, 4).low, high: wilson(2, 4).high },
      { n: 1, confidence: 0.9, accuracy: 1, low: wilson(1, 1).low, high: 1 },
    ]);
});

test('equal confidences are answered together on the risk-coverage curve', () => {
  expect(riskCoverage([0.5, 0.9, 0.5, 0.9], [false, true, true, true])).toEqual([
    { coverage: 0.5, threshold: 0.9, risk: 0, low: 0, high: wilson(0, 2).high },
    { coverage: 1, threshold: 0.5, risk: 0.25, low: wilson(1, 4).low, high: wilson(1, 4).high },
  ]);
});
