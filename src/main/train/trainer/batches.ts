import { createRng } from '../../lib/rng.ts';
import type { TrainingPlan } from './plan.ts';

/** Rows that run together, no longer than their bucket unless it is the last, which cuts them. */
export interface Batch {
  readonly bucket: number;
  readonly rows: readonly number[];
}

/**
 * The batches of an epoch: rows in an order of its own, those of about one length together, the batches mixed again. It
 * depends on seed and epoch alone, so that a resumed training sees the same.
 */
export function dealBatches(
  bucketOfRow: readonly number[],
  { batchSize, seed }: Pick<TrainingPlan, 'batchSize' | 'seed'>,
  epoch: number,
): Batch[] {
  const rng = createRng(seedOf(seed, epoch));
  const order = rng.shuffle(Array.from(bucketOfRow.keys()));
  return rng.shuffle(cutIntoBatches(order, bucketOfRow, batchSize));
}

/**
 * Rows in the given order, cut into batches of one bucket each. What does not fill a batch runs with longer texts, so
 * that all batches but the last are full: an empty place costs as much as a row.
 */
export function cutIntoBatches(
  order: readonly number[],
  bucketOfRow: readonly number[],
  batchSize: number,
): Batch[] {
  const rowsOf = new Map<number, number[]>();
  for (const row of order) {
    const bucket = bucketOfRow[row]!;
    const rows = rowsOf.get(bucket);
    if (rows) rows.push(row);
    else rowsOf.set(bucket, [row]);
  }
  const batches: Batch[] = [];
  let left: number[] = [];
  const buckets = [...rowsOf.keys()].sort((a, b) => a - b);
  for (const bucket of buckets) {
    const rows = [...left, ...rowsOf.get(bucket)!]; // a key of it
    const whole = rows.length - (rows.length % batchSize);
    for (let from = 0; from < whole; from += batchSize)
      batches.push({ bucket, rows: rows.slice(from, from + batchSize) });
    left = rows.slice(whole);
  }
  if (left.length > 0) batches.push({ bucket: buckets.at(-1)!, rows: left });
  return batches;
}

/** A seed for each of many draws of one training. */
export function seedOf(seed: number, draw: number): number {
  return (Math.imul(draw + 1, 0x9e3779b1) ^ seed) | 0;
}
