import type { Tensor } from '../../onnx/tensor.ts';

/** Embeddings that are read and never changed. */
export interface RowSource {
  /** Copies rows into an array [N, width]; a negative id gives zeros. */
  gather(ids: ArrayLike<number>, into: Float32Array): void;
}

/** Reads the rows of a table where it lies. Shapes: table [rows, width]. */
export function createFrozenTable({ dims, data }: Tensor<'float32'>): RowSource {
  const width = dims[1]!; // a table has two axes
  return {
    gather(ids, into) {
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i]!;
        if (id < 0) into.fill(0, i * width, (i + 1) * width);
        else into.set(data.subarray(id * width, (id + 1) * width), i * width);
      }
    },
  };
}
