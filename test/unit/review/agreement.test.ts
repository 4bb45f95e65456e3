import { expect, test } from 'vitest';
import { agreement } from '../../../src/main/review/agreement.ts';

/** The table of Wikipedia's example for Cohen's kappa: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no, kappa 0.4. */
test('reaches a published value', () => {
  const table = [
    ['yes', 'yes', 20],
    ['yes', 'no', 5],
    ['no', 'yes', 10],
    ['no', 'no', 15],
  ] as const;
  let exampleId = 0;
  const reviews = table.flatMap(([a, b, count]) =>
    Array.from({ length: count }, () => {
      exampleId++;
      return [
        { id: 0, exampleId, reviewer: 'A', verdict: 'correct', outputJson: `"${a}"` } as const,
        { id: 0, exampleId, reviewer: 'B', verdict: 'correct', outputJson: `"${b}"` } as const,
      ];
    }).flat(),
  );
  const result = agreement(reviews);
  expect(result.pairs).toBe(50);
  expect(result.agreement).toBeCloseTo(0.7);
  expect(result.kappa).toBeCloseTo(0.4);
  expect(result.disagreements).toHaveLength(15);
});

test('one person alone agrees with nobody, and skipping is no judgement', () => {
  const review = (reviewer: string, verdict: 'approve' | 'skip') =>
    ({ id: 0, exampleId: 1, reviewer, verdict, outputJson: '"x"' }) as const;
  expect(agreement([review('A', 'approve'), review('A', 'approve'), review('B', 'skip')])).toEqual({
    pairs: 0,
    agreement: null,
    kappa: null,
    disagreements: [],
  });
});
