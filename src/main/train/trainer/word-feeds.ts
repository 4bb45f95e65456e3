import type { Rng } from '../../lib/rng.ts';
import type { Tensor } from '../../onnx/tensor.ts';

/** The word of each token of some rows, cut at `length` tokens. */
export function takeWords(
  { starts, words }: { readonly starts: Int32Array; readonly words: Int32Array },
  rows: readonly number[],
  length: number,
): readonly Int32Array[] {
  return rows.map((row) =>
    words.subarray(starts[row]!, Math.min(starts[row + 1]!, starts[row]! + length)),
  );
}

/** pooling[b, w, l] = 1 / pieces of w where token l is one of them, else 0. Shapes: pooling [B, W, L] */
export function poolWords(rows: readonly Int32Array[], { dims, data }: Tensor<'float32'>): void {
  const [, W, L] = dims as readonly [number, number, number]; // as the plan says
  data.fill(0);
  rows.forEach((words, b) => {
    for (let from = 0; from < words.length; ) {
      const word = words[from]!;
      let to = from + 1;
      while (to < words.length && words[to] === word) to++;
      const at = (b * W + word) * L;
      if (word >= 0) data.fill(1 / (to - from), at + from, at + to);
      from = to;
    }
  });
}

/** Takes the pieces of some words away: their ids become -1, which reads as zeros. Shapes: ids [B, length] */
export function dropWords(
  rows: readonly Int32Array[],
  ids: Int32Array,
  length: number,
  ratio: number,
  rng: Rng,
): void {
  rows.forEach((words, b) => {
    let isDropped = false;
    words.forEach((word, l) => {
      if (word !== words[l - 1]) isDropped = word >= 0 && rng.next() < ratio;
      if (isDropped) ids[b * length + l] = -1;
    });
  });
}
