import { createRng } from '../../lib/rng.ts';
import type { TrainingPlan } from './plan.ts';

/** Rows that run together, no longer than their bucket. */
export interface Batch {
  readonly bucket: number;
  readonly rows: readonly number[];
}

/**
 * The batches of an epoch: rows in an order of its own, those of one bucket together, the batches mixed again. It
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

/** Rows in the given order, cut into batches of one bucket each. */
export function cutIntoBatches(
  order: readonly number[],
  bucketOfRow: readonly number[],
  batchSize: number,
): Batch[] {
  const batches: Batch[] = [];
  const open = new Map<number, number[]>();
  for (const row of order) {
    const bucket = bucketOfRow[row]!;
    let rows = open.get(bucket);
    if (!rows || rows.length === batchSize) {
      rows = [];
      open.set(bucket, rows);
      batches.push({ bucket, rows });
    }
    rows.push(row);
  }
  return batches;
}

/** A seed for each of many draws of one training. */
export function seedOf(seed: number, draw: number): number {
  return (Math.imul(draw + 1, 0x9e3779b1) ^ seed) | 0;
}
