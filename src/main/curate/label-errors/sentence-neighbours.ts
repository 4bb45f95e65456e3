import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import { createMatrixProduct, type Matrix, rowsOf } from './matrix-product.ts';
import { emptyNeighbours, type Neighbours, offer } from './neighbours.ts';

const BLOCK_ROWS = 64;

/**
 * The rows with the nearest sentence vectors. Copies of one text (equal `groups`) are no witnesses of each other, and
 * what is held out is one of nothing.
 * Shapes: vectors [N, D], rows of length 1; groups [N].
 */
export async function sentenceNeighbours(
  vectors: Matrix,
  groups: Int32Array,
  work: Work,
  heldOut: readonly boolean[] = [],
): Promise<Neighbours> {
  const neighbours = emptyNeighbours(vectors.rows);
  const product = await createMatrixProduct({ transB: true });
  try {
    for (let from = 0; from < vectors.rows; from += BLOCK_ROWS) {
      throwIfCancelled(work.signal);
      const to = Math.min(from + BLOCK_ROWS, vectors.rows);
      const { data } = await product.multiply(rowsOf(vectors, from, to), vectors);
      for (let row = from; row < to; row++) {
        const cosines = data.subarray((row - from) * vectors.rows, (row - from + 1) * vectors.rows);
        for (let other = 0; other < cosines.length; other++)
          if (groups[other] !== groups[row] && !heldOut[other])
            offer(neighbours, row, other, cosines[other]!);
      }
      work.report({ done: to, total: vectors.rows, message: 'Comparing sentences' });
      await yieldToEvents();
    }
  } finally {
    await product.close();
  }
  return neighbours;
}
