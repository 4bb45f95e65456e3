import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import type { Examples } from './example-lists.ts';

/** What a graph is fed that learns to continue texts. */
export interface SaidFeeds {
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Row i of the batch is at place i; `length` is that of the graph. */
  fill(examples: Examples, rows: readonly number[], length: number): void;
}

/**
 * Where tokens are to be said and which, T of them at the most: `places` in the batch's tokens as one list [B L], the
 * token `next` that follows there, and its weight; what is not filled has weight 0.
 */
export function createSaidFeeds(slots: number): SaidFeeds {
  const places = createTensor('int64', [slots], new BigInt64Array(slots));
  const next = createTensor('int64', [slots], new BigInt64Array(slots));
  const weights = createTensor('float32', [slots], new Float32Array(slots));
  return {
    tensors: { places, next, tokenWeights: weights },
    fill({ tokens, saidFrom, weights: rowWeights }, rows, length) {
      places.data.fill(0n);
      next.data.fill(0n);
      weights.data.fill(0);
      let slot = 0;
      rows.forEach((row, b) => {
        const start = tokens!.starts[row]!; // rows that are continued have tokens
        const count = Math.min(tokens!.starts[row + 1]! - start, length);
        // The token at place p follows from those before it, which the graph's place p - 1 has read.
        for (let place = saidFrom![row]!; place < count && slot < slots; place++, slot++) {
          places.data[slot] = BigInt(b * length + place - 1);
          next.data[slot] = BigInt(tokens!.ids[start + place]!);
          weights.data[slot] = rowWeights[row]!;
        }
      });
    },
  };
}
