import { differentiate } from '../../../onnx/autodiff.ts';
import { createGraph, type Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { crossEntropy } from '../../../onnx/losses/cross-entropy.ts';
import { add } from '../../../onnx/operators/add.ts';
import { gemm } from '../../../onnx/operators/gemm.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { relu } from '../../../onnx/operators/relu.ts';
import { activationBytesOf } from '../../trainer/activations.ts';
import type { Bucket } from '../../trainer/plan.ts';

/** Shapes of the parameters behind the first layer. */
export const shapesOf = (hiddenWidth: number, classCount: number) => ({
  hiddenBias: [hiddenWidth],
  outWeight: [hiddenWidth, classCount],
  outBias: [classCount],
});

export interface MlpSizes {
  readonly batchSize: number;
  readonly hiddenWidth: number;
  readonly classCount: number;
  readonly labelSmoothing: number;
}

/** scores = relu(sums + b) W + c. Shapes: sums [B, H] -> [B, C]; `kept` [B, H] drops hidden units. */
export function buildHead(sums: Value, parameter: (name: string) => Value, kept?: Value): Value {
  const hidden = relu(add(sums, parameter('hiddenBias')));
  return gemm(kept ? mul(hidden, kept) : hidden, parameter('outWeight'), parameter('outBias'));
}

/** The graphs of the trainer; the first layer, whose inputs are sparse, stays outside. */
export function createMlpBucket(sizes: MlpSizes): Bucket {
  const { batchSize: B, hiddenWidth: H, classCount: C, labelSmoothing } = sizes;
  const begin = (name: string) => {
    const graph = createGraph(name);
    const parameters = Object.entries(shapesOf(H, C)).map(([own, dims]) =>
      graph.input(own, 'float32', dims),
    );
    const find = (own: string) => parameters.find((value) => value.name === own)!; // names of shapesOf
    return { graph, parameters, find, sums: graph.input('sums', 'float32', [B, H]) };
  };

  const training = begin('mlp-training');
  const { graph, sums, parameters } = training;
  const logits = buildHead(sums, training.find, graph.input('kept', 'float32', [B, H]));
  const loss = crossEntropy(logits, graph.input('targets', 'float32', [B, C]), {
    labelSmoothing,
    rowWeights: graph.input('rowWeights', 'float32', [B]),
  });
  graph.output('loss', loss);
  const learned = [...parameters, sums];
  differentiate(loss, learned).forEach((gradient, i) => {
    graph.output(`d ${learned[i]!.name}`, gradient);
  });

  const scoring = begin('mlp-scoring');
  scoring.graph.output('scores', buildHead(scoring.sums, scoring.find));
  return {
    length: 0,
    training: toModel(graph),
    scoring: toModel(scoring.graph),
    activationBytes: activationBytesOf(graph),
  };
}
