import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupExamples } from '../../../src/main/review/groups.ts';
import { planSplits } from '../../../src/main/review/split.ts';
import { takeStratified } from '../../../src/main/review/take-stratified.ts';
import type { Example } from '../../../src/main/store/examples.ts';
import { makeExample } from './make-example.ts';

const none: ReadonlySet<number> = new Set();
const label = (output: string): NonNullable<Example['label']> => ({
  output,
  author: 'teacher',
  agreement: 1,
  isValid: true,
  confidence: null,
});

describe('groups', () => {
  test('descent, group keys and repeats hold a group together; its name is its first id', () => {
    const examples = [
      makeExample({ id: 10 }),
      makeExample({ id: 11, parentId: 10 }),
      makeExample({ id: 12, groupKey: 'thread 1' }),
      makeExample({ id: 13, groupKey: 'thread 1' }),
      makeExample({ id: 14 }),
      makeExample({ id: 15 }),
    ];
    const groups = groupExamples(examples, [[13, 11]]);
    expect([...groups]).toEqual([
      [10, 10],
      [11, 10],
      [12, 10],
      [13, 10],
      [14, 14],
      [15, 15],
    ]);
  });
});

const rows = fc.array(
  fc.record({
    key: fc.nat(40),
    label: fc.constantFrom('a', 'b', 'c', undefined),
    isSynthetic: fc.boolean(),
    split: fc.constantFrom('unassigned', 'train', 'holdout'),
    isReviewed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 120 },
);

describe('splitting', () => {
  test('a group never lies in two splits, nothing held out moves, and equal seeds deal equally', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.boolean(), (given, seed, hasReviews) => {
        const examples = given.map((row, id) =>
          makeExample({
            id,
            groupKey: `k${row.key}`,
            origin: row.isSynthetic ? 'synthetic' : 'real',
            split: row.split as Example['split'],
            label: row.label === undefined ? undefined : label(row.label),
          }),
        );
        const reviewed = new Set(
          hasReviews ? given.flatMap((row, id) => (row.isReviewed ? [id] : [])) : [],
        );
        const groups = groupExamples(examples, []);
        const options = { holdout: 0.3, calibration: 0.2, seed };
        const plan = planSplits(examples, groups, reviewed, options);
        expect([...planSplits(examples, groups, reviewed, options)]).toEqual([...plan]);

        const splitsOf = new Map<number, Set<string>>();
        for (const example of examples) {
          const after = plan.get(example.id) ?? example.split;
          if (example.split === 'holdout') expect(after).toBe('holdout');
          const moved = after !== example.split;
          if (moved && (after === 'holdout' || after === 'calibration')) {
            expect(example.origin).toBe('real');
            expect(example.label?.isValid).toBe(true);
          }
          if (after !== 'unassigned') {
            const group = groups.get(example.id)!;
            splitsOf.set(group, (splitsOf.get(group) ?? new Set()).add(after));
          }
        }
        for (const splits of splitsOf.values()) expect(splits.size).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  test('shares come out near, in each label', () => {
    const examples = Array.from({ length: 1_000 }, (_, id) =>
      makeExample({ id, label: label(id % 4 === 0 ? 'rare' : 'common') }),
    );
    const groups = groupExamples(examples, []);
    const plan = planSplits(examples, groups, none, { holdout: 0.2, calibration: 0.1, seed: 5 });
    const count = (split: string, rest: number) =>
      examples.filter(({ id }) => plan.get(id) === split && (id % 4 === 0 ? 0 : 1) === rest).length;
    expect([count('holdout', 0), count('holdout', 1)]).toEqual([50, 150]);
    expect([count('calibration', 0), count('calibration', 1)]).toEqual([25, 75]);
  });

  test('once people have reviewed, only what they reviewed may become the holdout', () => {
    const examples = Array.from({ length: 100 }, (_, id) => makeExample({ id, label: label('a') }));
    const groups = groupExamples(examples, []);
    const reviewed = new Set([3, 5, 8, 13, 21, 34]);
    const plan = planSplits(examples, groups, reviewed, { holdout: 0.2, calibration: 0, seed: 1 });
    const holdout = examples.filter(({ id }) => plan.get(id) === 'holdout').map(({ id }) => id);
    expect(holdout).toEqual([...reviewed]);
  });

  test('rows related to held-out ones are kept out of training', () => {
    const examples = [
      makeExample({ id: 1, split: 'holdout', groupKey: 'k', label: label('a') }),
      makeExample({ id: 2, split: 'train', groupKey: 'k', label: label('a') }),
      makeExample({ id: 3, label: label('a') }),
    ];
    const groups = groupExamples(examples, []);
    const plan = planSplits(examples, groups, none, { holdout: 0, calibration: 0, seed: 1 });
    expect([plan.get(1), plan.get(2), plan.get(3)]).toEqual([undefined, 'unassigned', 'train']);
  });
});

test('strata give in proportion, and a large item is not forced into a small quota', () => {
  const items = [
    ...Array.from({ length: 6 }, () => ({ stratum: 'a', size: 1 })),
    ...Array.from({ length: 3 }, () => ({ stratum: 'b', size: 1 })),
    { stratum: 'c', size: 9 },
  ];
  const taken = takeStratified(
    items,
    6,
    ({ stratum }) => stratum,
    ({ size }) => size,
  );
  const strata = [...taken].map(({ stratum }) => stratum);
  expect(strata.filter((stratum) => stratum === 'a')).toHaveLength(2);
  expect(strata.filter((stratum) => stratum === 'b')).toHaveLength(1);
  expect(strata).not.toContain('c');
});
