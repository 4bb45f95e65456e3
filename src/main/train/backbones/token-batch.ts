import type { Tensor } from '../../onnx/tensor.ts';

/** Token ids of some texts, padded to one length with id 0. Shapes: ids [B, L], mask [B, L] (1 a token, 0 padding). */
export interface TokenBatch {
  readonly batch: number;
  readonly length: number;
  readonly ids: Int32Array;
  readonly mask: Float32Array;
}

/** Pads texts to one length, which cuts longer ones; rows beyond the texts are all padding. */
export function padTexts(
  texts: readonly Int32Array[],
  length: number,
  batch = texts.length,
): TokenBatch {
  const ids = new Int32Array(batch * length);
  const mask = new Float32Array(batch * length);
  for (const [row, text] of texts.entries()) {
    const kept = text.length > length ? text.subarray(0, length) : text;
    ids.set(kept, row * length);
    mask.fill(1, row * length, row * length + kept.length);
  }
  return { batch, length, ids, mask };
}

/** Copies the table's row of each id into `into`, zeros at padding. Shapes: [V, E] -> [B, L, E]. */
export function gatherRows(
  table: Tensor<'float32'>,
  { ids, mask }: TokenBatch,
  into: Float32Array,
): void {
  const width = table.dims[1]!; // an embedding table has two dimensions
  for (let i = 0; i < ids.length; i++) {
    if (mask[i] === 0) {
      into.fill(0, i * width, (i + 1) * width);
      continue;
    }
    const start = ids[i]! * width;
    into.set(table.data.subarray(start, start + width), i * width);
  }
}
