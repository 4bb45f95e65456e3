import { scalar } from '../../../onnx/graph/apply.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { add } from '../../../onnx/operators/add.ts';
import { gemm } from '../../../onnx/operators/gemm.ts';
import { layerNormalization } from '../../../onnx/operators/layer-normalization.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import type { ForwardOutputs } from '../../backbones/backbone.ts';

const NORM_EPSILON = 1e-6;

export interface HeadSizes {
  /** T */
  readonly tagCount: number;
  /** The columns of all heads, the frame's among them. */
  readonly columnCount: number;
}

/** The parameters behind the encoder. Shapes: S and D as of the backbone. */
export const headShapes = (
  sentenceWidth: number,
  tokenWidth: number,
  { tagCount, columnCount }: HeadSizes,
) => ({
  headNormScale: [tokenWidth],
  headNormBias: [tokenWidth],
  headTagWeight: [tokenWidth, tagCount],
  headTagBias: [tagCount],
  headWeight: [sentenceWidth, columnCount],
  headBias: [columnCount],
});

/** What the heads are built from; dropout only while training. */
export interface HeadInputs extends ForwardOutputs {
  /** Row w averages the pieces of word w. Shapes: [B, W, L], or [words of all texts, B L] */
  readonly pooling: Value;
  readonly sentenceWidth: number;
  readonly parameter: (name: string) => Value;
  /** Shapes: [B, S] and [B, 1, D] */
  readonly kept?: { readonly sentence: Value; readonly words: Value };
}

/**
 * emissions = norm(mean of pieces) W + b, scores = √S s V + c, s of length 1.
 * Shapes: emissions [B, W, T], scores [B, columns].
 */
export function buildHeads({
  sentence,
  tokens,
  pooling,
  sentenceWidth,
  parameter,
  kept,
}: HeadInputs) {
  const words = layerNormalization(
    matMul(pooling, tokens),
    parameter('headNormScale'),
    parameter('headNormBias'),
    NORM_EPSILON,
  );
  const scaled = mul(sentence, scalar(sentence, Math.sqrt(sentenceWidth)));
  return {
    emissions: add(
      matMul(kept ? mul(words, kept.words) : words, parameter('headTagWeight')),
      parameter('headTagBias'),
    ),
    scores: gemm(
      kept ? mul(scaled, kept.sentence) : scaled,
      parameter('headWeight'),
      parameter('headBias'),
    ),
  };
}
