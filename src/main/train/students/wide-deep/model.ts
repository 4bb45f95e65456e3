import type { EncoderWeights } from '../../backbones/stored-encoder.ts';
import type { LinearModel } from '../linear/one-vs-rest.ts';
import type { MlpModel } from '../mlp/fit-mlp.ts';

/** An encoder and the head on its sentence vector: its own parameters, `headWeight` [S, C] and `headBias` [C]. */
export type DeepModel = EncoderWeights;

/** scores = scale (wide(n-grams) + deep(tokens)) */
export interface WideDeepModel {
  readonly wide:
    | { readonly kind: 'linear'; readonly model: LinearModel }
    | { readonly kind: 'mlp'; readonly model: MlpModel };
  readonly deep: DeepModel;
  readonly scale: number;
}
