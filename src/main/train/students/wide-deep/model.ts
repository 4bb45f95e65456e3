import type { EncoderWeights } from '../../backbones/encoder-weights.ts';
import type { MlpModel } from '../mlp/fit-mlp.ts';

/** An encoder and what reads its sentence vector: its own parameters, `headWeight` [S, C] and `headBias` [C]. */
export type DeepModel = EncoderWeights;

/**
 * scores = scale (wide(n-grams) + deep(tokens)). Where `deep` has a parameter `sentenceWeight` [S, H], the sentence
 * vector times it is added to the wide part's hidden units.
 */
export interface WideDeepModel {
  readonly wide: MlpModel;
  readonly deep: DeepModel;
  readonly scale: number;
}
