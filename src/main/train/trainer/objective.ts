import type { Tensor } from '../../onnx/tensor.ts';
import type { Examples } from './example-lists.ts';

/** Arrays by name. */
export type Arrays = Readonly<Record<string, Tensor<'float32'>>>;

/** A loss that is computed between the two halves of a training, since no graph can express it well. */
export interface Objective {
  /**
   * The sums of losses and weights over rows of `examples`, whose scores a graph gave; row i is at place i of the batch.
   * With `gradients`, writes the gradient of their quotient there: `d SCORE` of each score, NAME of each parameter that
   * no graph reads.
   */
  evaluate(
    examples: Examples,
    rows: readonly number[],
    scores: Arrays,
    gradients?: Arrays,
  ): { readonly loss: number; readonly weight: number };
}
