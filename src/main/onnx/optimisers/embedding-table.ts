import { AppError } from '../../../shared/errors.ts';
import type { AdamWCoefficients, Kernels } from './kernels.ts';
import { padToLanes } from './kernels.ts';

/** Bytes of memory that a table needs: values, two averages, and a gradient for each row of the largest batch. */
export function tableBytes(rows: number, width: number, batchRows: number): number {
  return 4 * padToLanes(width) * (3 * rows + batchRows + 1);
}

/** Weighted sums of rows: sum i is over the entries from starts[i] up to starts[i + 1]. */
export interface Bags {
  readonly starts: ArrayLike<number>;
  readonly ids: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** A table of rows outside the graph: a step touches only the rows that its batch read. */
export interface EmbeddingTable {
  /** Copies rows into an array [N, width]; a negative id gives zeros. */
  gather(ids: ArrayLike<number>, into: Float32Array): void;
  /** Adds dL/d(rows) [N, width] of the gathered rows; ids may repeat, negative ones are padding. */
  addGradient(ids: ArrayLike<number>, gradient: Float32Array): void;
  /** into[i] = Σ weights[k] table[ids[k]]: a matrix product with sparse rows. Shapes: into [bags, width]. */
  gatherSums(bags: Bags, into: Float32Array): void;
  /** Adds dL/d(sums) [bags, width]: an entry's row gets its weight's share. */
  addSumsGradient(bags: Bags, gradient: Float32Array): void;
  /** Σ g² over the rows touched since the last update. */
  sumOfSquares(): number;
  /** Updates the touched rows and forgets their gradient. */
  update(by: AdamWCoefficients): void;
  /** The values as one array [rows, width]. */
  toArray(): Float32Array;
  /** Values and averages, for a checkpoint. */
  readonly state: Float32Array;
}

/**
 * AdamW by rows: the averages of a row move only when the row is read ("lazy" Adam), so a step costs the rows of
 * the batch, not of the vocabulary. Lies in the kernels' memory from byte `at`.
 */
export function createEmbeddingTable(
  kernels: Kernels,
  at: number,
  values: Float32Array,
  rows: number,
  width: number,
  batchRows: number,
): EmbeddingTable {
  const stride = padToLanes(width);
  const region = (row: number) => at + 4 * stride * row;
  const state = new Float32Array(kernels.buffer, at, 3 * rows * stride);
  for (let row = 0; row < rows; row++)
    state.set(values.subarray(row * width, (row + 1) * width), row * stride);

  const sums = new Float32Array(kernels.buffer, region(3 * rows), batchRows * stride);
  const incoming = new Float32Array(kernels.buffer, region(3 * rows + batchRows), stride);
  // Where a row's gradient is summed up, -1 while it has none, and the rows that have one.
  const placeOfRow = new Int32Array(rows).fill(-1);
  const touched = new Int32Array(batchRows);
  let places = 0;

  function placeOf(row: number): number {
    const known = placeOfRow[row];
    if (known !== undefined && known >= 0) return known;
    if (known === undefined || places >= batchRows)
      throw new AppError(
        'onnx.shape',
        `A batch reads row ${row} of a table of ${rows}, or more than ${batchRows} rows.`,
      );
    const place = places++;
    placeOfRow[row] = place;
    touched[place] = row;
    sums.fill(0, place * stride, (place + 1) * stride);
    return place;
  }

  return {
    state,
    gather(ids, into) {
      for (let i = 0; i < ids.length; i++) {
        const row = ids[i]!;
        if (row < 0) into.fill(0, i * width, (i + 1) * width);
        else into.set(state.subarray(row * stride, row * stride + width), i * width);
      }
    },
    addGradient(ids, gradient) {
      for (let i = 0; i < ids.length; i++) {
        const row = ids[i]!;
        if (row < 0) continue;
        const place = placeOf(row);
        incoming.set(gradient.subarray(i * width, (i + 1) * width));
        kernels.add(region(3 * rows + place), incoming.byteOffset, stride);
      }
    },
    gatherSums({ starts, ids, weights }, into) {
      for (let bag = 0; bag + 1 < starts.length; bag++) {
        incoming.fill(0);
        for (let k = starts[bag]!; k < starts[bag + 1]!; k++)
          kernels.addScaled(incoming.byteOffset, region(ids[k]!), weights[k]!, stride);
        into.set(incoming.subarray(0, width), bag * width);
      }
    },
    addSumsGradient({ starts, ids, weights }, gradient) {
      for (let bag = 0; bag + 1 < starts.length; bag++) {
        incoming.set(gradient.subarray(bag * width, (bag + 1) * width));
        for (let k = starts[bag]!; k < starts[bag + 1]!; k++)
          kernels.addScaled(
            region(3 * rows + placeOf(ids[k]!)),
            incoming.byteOffset,
            weights[k]!,
            stride,
          );
      }
    },
    sumOfSquares: () => (places === 0 ? 0 : kernels.sumOfSquares(sums.byteOffset, places * stride)),
    update(by) {
      for (let place = 0; place < places; place++) {
        const row = touched[place]!;
        placeOfRow[row] = -1;
        kernels.adamW(
          region(row),
          region(3 * rows + place),
          region(rows + row),
          region(2 * rows + row),
          stride,
          by,
        );
      }
      places = 0;
    },
    toArray() {
      const dense = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++)
        dense.set(state.subarray(row * stride, row * stride + width), row * width);
      return dense;
    },
  };
}
