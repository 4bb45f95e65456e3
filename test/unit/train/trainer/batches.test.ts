import { expect, test } from 'vitest';
import { cutIntoBatches, dealBatches } from '../../../../src/main/train/trainer/batches.ts';

/** The bucket of each of 100 rows; nobody has bucket 2. */
const bucketOfRow = Array.from({ length: 100 }, (_, row) => [0, 1, 1, 3, 4][row % 5]!);
const order = [...bucketOfRow.keys()];

test('each row comes once, in a bucket that is long enough, and all batches but the last are full', () => {
  const batches = cutIntoBatches(order, bucketOfRow, 8);
  expect(batches.flatMap(({ rows }) => rows).sort((a, b) => a - b)).toEqual(order);
  for (const { bucket, rows } of batches)
    expect(rows.every((row) => bucketOfRow[row]! <= bucket)).toBe(true);
  expect(batches.map(({ rows }) => rows.length)).toEqual([...Array(12).fill(8), 4]);
});

test('a row goes to longer texts only where its own do not fill a batch', () => {
  const batches = cutIntoBatches(order, bucketOfRow, 8);
  const moved = batches.flatMap(({ bucket, rows }) =>
    rows.filter((row) => bucketOfRow[row]! < bucket),
  );
  // 20, 40, 20 and 20 rows: 4 are left of the first, 4 of them and the second, 0 of the third
  expect(moved.length).toBe(8);
  expect(
    cutIntoBatches(order, bucketOfRow, 10).every(({ bucket, rows }) =>
      rows.every((row) => bucketOfRow[row] === bucket),
    ),
  ).toBe(true);
});

test('an epoch is dealt anew, and the same by the same seed', () => {
  const plan = { batchSize: 8, seed: 5 };
  expect(dealBatches(bucketOfRow, plan, 1)).toEqual(dealBatches(bucketOfRow, plan, 1));
  expect(dealBatches(bucketOfRow, plan, 2)).not.toEqual(dealBatches(bucketOfRow, plan, 1));
});
