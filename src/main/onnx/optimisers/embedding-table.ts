import { AppError } from '../../../shared/errors.ts';
import type { AdamWCoefficients, Kernels } from './kernels.ts';
import { padToLanes } from './kernels.ts';

/** Bytes of memory that a table needs: values, two averages, and a gradient for each row of the largest batch. */
export function tableBytes(rows: number, width: number, batchRows: number): number {
  return 4 * padToLanes(width) * (3 * rows + batchRows + 1);
}

/** A table of rows outside the graph: a step touches only the rows that its batch read. */
export interface EmbeddingTable {
  /** Copies rows into an array [N, width]; a negative id gives zeros. */
  gather(ids: ArrayLike<number>, into: Float32Array): void;
  /** Adds dL/d(rows) [N, width] of the gathered rows; ids may repeat, negative ones are padding. */
  addGradient(ids: ArrayLike<number>, gradient: Float32Array): void;
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
  const places = new Map<number, number>();

  function placeOf(row: number): number {
    const known = places.get(row);
    if (known !== undefined) return known;
    const place = places.size;
    if (row >= rows || place >= batchRows)
      throw new AppError(
        'onnx.shape',
        `A batch reads row ${row} of a table of ${rows}, or more than ${batchRows} rows.`,
      );
    places.set(row, place);
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
    sumOfSquares: () =>
      places.size === 0 ? 0 : kernels.sumOfSquares(sums.byteOffset, places.size * stride),
    update(by) {
      for (const [row, place] of places)
        kernels.adamW(
          region(row),
          region(3 * rows + place),
          region(rows + row),
          region(2 * rows + row),
          stride,
          by,
        );
      places.clear();
    },
    toArray() {
      const dense = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++)
        dense.set(state.subarray(row * stride, row * stride + width), row * width);
      return dense;
    },
  };
}
