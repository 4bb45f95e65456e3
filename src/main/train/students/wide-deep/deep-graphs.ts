import { differentiate } from '../../../onnx/autodiff.ts';
import { scalar } from '../../../onnx/graph/apply.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { crossEntropy } from '../../../onnx/losses/cross-entropy.ts';
import { gemm } from '../../../onnx/operators/gemm.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { beginTuning } from '../../backbones/tuning.ts';
import { activationBytesOf } from '../../trainer/activations.ts';
import type { Bucket } from '../../trainer/plan.ts';

/** The two parameters behind the encoder. Shapes: headWeight [S, C], headBias [C]. */
export const headShapes = (sentenceWidth: number, classCount: number) => ({
  headWeight: [sentenceWidth, classCount],
  headBias: [classCount],
});

/** scores = √S s W + b, s of length 1 and so √S s of numbers about 1. Shapes: sentence [B, S] -> [B, C] */
export function buildDeepHead(
  sentence: Value,
  width: number,
  parameter: (name: string) => Value,
  kept?: Value,
): Value {
  const scaled = mul(sentence, scalar(sentence, Math.sqrt(width)));
  return gemm(kept ? mul(scaled, kept) : scaled, parameter('headWeight'), parameter('headBias'));
}

export interface DeepSizes {
  readonly batchSize: number;
  readonly classCount: number;
  readonly labelSmoothing: number;
}

/** The trainer's graphs for texts of up to `length` tokens; the embedding table stays outside. */
export async function createDeepBucket(
  backbone: Backbone,
  length: number,
  { batchSize: B, classCount: C, labelSmoothing }: DeepSizes,
): Promise<Bucket> {
  const { sentenceWidth: S } = backbone;

  async function build(isTraining: boolean) {
    const { graph, learned, input, encoded } = await beginTuning('deep', backbone, B, length);
    const shapes = headShapes(S, C);
    const kept = isTraining ? graph.input('kept', 'float32', [B, S]) : undefined;
    const find = (name: string) => input(name, shapes[name as keyof typeof shapes]); // asked by these names
    return { graph, learned, logits: buildDeepHead(encoded.sentence, S, find, kept) };
  }

  const { graph, learned, logits } = await build(true);
  const loss = crossEntropy(logits, graph.input('targets', 'float32', [B, C]), {
    labelSmoothing,
    rowWeights: graph.input('rowWeights', 'float32', [B]),
  });
  graph.output('loss', loss);
  differentiate(loss, learned).forEach((gradient, i) => {
    graph.output(`d ${learned[i]!.name}`, gradient);
  });
  const scoring = await build(false);
  scoring.graph.output('scores', scoring.logits);
  return {
    length,
    training: toModel(graph),
    scoring: toModel(scoring.graph),
    activationBytes: activationBytesOf(graph),
  };
}
