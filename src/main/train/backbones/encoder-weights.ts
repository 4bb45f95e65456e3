import type { Tensor } from '../../onnx/tensor.ts';

/** An encoder's weights after training, and those of the heads on it, by their names. */
export interface EncoderWeights {
  /** Shapes: [V, E]. */
  readonly embeddings: Tensor<'float32'>;
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
}
