import { expect, test } from 'vitest';
import { dealFolds } from '../../../src/main/train/folds.ts';
import { outOfFold } from '../../../src/main/train/out-of-fold.ts';
import { smallLabels, smallTexts } from '../../helpers/small-set.ts';

const signal = new AbortController().signal;

test('probabilities of rows by a student that has not seen them', async () => {
  const rows = smallTexts(200).map(({ text, label }, group) => ({
    text,
    target: smallLabels.indexOf(label),
    group,
  }));
  // One row in ten is given a wrong label: out of fold, the right one is likelier.
  const noisy = rows.map((row, i) =>
    i % 10 === 0 ? { ...row, target: (row.target + 1) % 4 } : row,
  );
  const probabilities = await outOfFold(noisy, 4, { folds: 5, seed: 2, signal });
  expect(probabilities).toHaveLength(800);
  let found = 0;
  for (const [i, row] of rows.entries()) {
    const own = probabilities.subarray(i * 4, (i + 1) * 4);
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    if (own.indexOf(Math.max(...own)) === row.target) found++;
  }
  expect(found).toBeGreaterThan(190);
});

test('a row whose copies are of its group cannot be learned from them', async () => {
  const rows = smallTexts(100).map(({ text, label }, i) => ({
    text,
    target: smallLabels.indexOf(label),
    group: i + 10,
  }));
  const copies = Array.from({ length: 6 }, () => ({ text: 'xyzzy plugh', target: 3, group: 1 }));
  const apart = copies.map((row, i) => ({ ...row, group: 1000 + i }));
  const lastRow = async (extra: typeof copies) =>
    (await outOfFold([...rows, ...extra], 4, { folds: 5, seed: 2, signal })).at(-1)!;
  expect(await lastRow(copies)).toBeLessThan(0.6);
  expect(await lastRow(apart)).toBeGreaterThan(0.8);
});

test('folds keep groups whole and spread each class evenly', () => {
  const classIndices = Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const groups = classIndices.map((_, i) => (i < 40 ? 'one' : i));
  const foldOf = dealFolds(classIndices, groups, 5, 9);
  expect(new Set(foldOf.slice(0, 40)).size).toBe(1);
  for (let fold = 0; fold < 5; fold++) {
    const rare = classIndices.filter((c, i) => c === 1 && foldOf[i] === fold).length;
    expect(rare).toBe(6);
  }
  expect(dealFolds(classIndices, groups, 5, 9)).toEqual(foldOf);
  expect(dealFolds(classIndices, groups, 5, 10)).not.toEqual(foldOf);
});

test('cancelled between two steps', async () => {
  const rows = smallTexts(40).map(({ text }, i) => ({ text, target: i % 4, group: i }));
  await expect(
    outOfFold(rows, 4, { folds: 5, seed: 2, signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'app.cancelled' });
});
