import type { Tensor } from '../../../onnx/tensor.ts';
import type { LinearModel } from '../linear/one-vs-rest.ts';
import type { MlpModel } from '../mlp/fit-mlp.ts';

/** An encoder and the head on its sentence vector: its own parameters, `headWeight` [S, C] and `headBias` [C]. */
export interface DeepModel {
  /** Shapes: [V, E]. */
  readonly embeddings: Tensor<'float32'>;
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
}

/** scores = scale (wide(n-grams) + deep(tokens)) */
export interface WideDeepModel {
  readonly wide:
    | { readonly kind: 'linear'; readonly model: LinearModel }
    | { readonly kind: 'mlp'; readonly model: MlpModel };
  readonly deep: DeepModel;
  readonly scale: number;
}
