import { scalar } from '../../../onnx/graph/apply.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { add } from '../../../onnx/operators/add.ts';
import { gemm } from '../../../onnx/operators/gemm.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import type { ForwardOutputs } from '../../backbones/backbone.ts';

/** T tags, F frames ("no call" among them), C columns of choices. */
export interface HeadSizes {
  readonly tagCount: number;
  readonly frameCount: number;
  readonly choiceCount: number;
}

/** The parameters behind the encoder. Shapes: S and D as of the backbone. */
export const headShapes = (
  sentenceWidth: number,
  tokenWidth: number,
  { tagCount, frameCount, choiceCount }: HeadSizes,
): Readonly<Record<string, readonly number[]>> => ({
  headTagWeight: [tokenWidth, tagCount],
  headTagBias: [tagCount],
  headFrameWeight: [sentenceWidth, frameCount],
  headFrameBias: [frameCount],
  ...(choiceCount > 0
    ? { headChoiceWeight: [sentenceWidth, choiceCount], headChoiceBias: [choiceCount] }
    : {}),
});

/** What the heads are built from; dropout only while training. */
export interface HeadInputs extends ForwardOutputs {
  /** Line w averages the pieces of word w. Shapes: [B, W, L] */
  readonly pooling: Value;
  readonly sentenceWidth: number;
  readonly sizes: HeadSizes;
  readonly parameter: (name: string) => Value;
  /** Shapes: [B, S] and [B, 1, D] */
  readonly kept?: { readonly sentence: Value; readonly words: Value };
}

/**
 * emissions = mean of pieces · W + b, frames and choices = √S s W + b, s of length 1.
 * Shapes: emissions [B, W, T], frames [B, F], choices [B, C].
 */
export function buildHeads({
  sentence,
  tokens,
  pooling,
  sentenceWidth,
  sizes,
  parameter,
  kept,
}: HeadInputs): Readonly<Record<string, Value>> {
  const words = matMul(pooling, tokens);
  const scaled = mul(sentence, scalar(sentence, Math.sqrt(sentenceWidth)));
  const read = kept ? mul(scaled, kept.sentence) : scaled;
  const score = (name: string) => gemm(read, parameter(`${name}Weight`), parameter(`${name}Bias`));
  return {
    emissions: add(
      matMul(kept ? mul(words, kept.words) : words, parameter('headTagWeight')),
      parameter('headTagBias'),
    ),
    frames: score('headFrame'),
    ...(sizes.choiceCount > 0 ? { choices: score('headChoice') } : {}),
  };
}
