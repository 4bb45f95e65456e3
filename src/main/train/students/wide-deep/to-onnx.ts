import { scalar } from '../../../onnx/graph/apply.ts';
import { createGraph, type Graph, type Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { cast } from '../../../onnx/operators/cast.ts';
import { dequantizeLinear } from '../../../onnx/operators/dequantize-linear.ts';
import { gather } from '../../../onnx/operators/gather.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { softmax } from '../../../onnx/operators/softmax.ts';
import { createTensor, float32, type Tensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { buildLinear } from '../linear/graph.ts';
import { buildMlp } from '../mlp/to-onnx.ts';
import { roundColumns } from '../round-columns.ts';
import type { Variant } from '../student.ts';
import { buildDeepHead } from './deep-graphs.ts';
import type { DeepModel, WideDeepModel } from './model.ts';

/**
 * Builds the whole as one model, to be written for any temperature: inputs `indices` and `values` [B, n], `input_ids` and `attention_mask` [B, L]; outputs
 * `scores` and `probabilities` [B, C]. In the int8 variant each column of a matrix has its own scale.
 */
export async function prepareOnnx(
  { wide, deep, scale }: WideDeepModel,
  backbone: Backbone,
  variant: Variant,
): Promise<(temperature: number) => Uint8Array> {
  const graph = createGraph('stillroom-wide-deep');
  const indices = graph.input('indices', 'int64', ['B', 'n']);
  const values = graph.input('values', 'float32', ['B', 'n']);
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const wideScores =
    wide.kind === 'linear'
      ? buildLinear(wide.model, indices, values, variant)
      : buildMlp(wide.model, indices, values, variant);
  const deepScores = await buildDeep(deep, backbone, ids, mask, variant);
  const scores = mul(add(wideScores, deepScores), scalar(deepScores, scale));

  const inverseTemperature = float32([], [1]);
  const coldness = graph.initialiser('inverseTemperature', inverseTemperature);
  graph.output('scores', scores);
  graph.output('probabilities', softmax(mul(scores, coldness)));
  return (temperature) => {
    inverseTemperature.data[0] = 1 / temperature;
    return toModel(graph);
  };
}

async function buildDeep(
  { embeddings, parameters }: DeepModel,
  backbone: Backbone,
  ids: Value,
  attentionMask: Value,
  variant: Variant,
): Promise<Value> {
  const { graph } = ids;
  const weight = (name: string, tensor: Tensor<'float32'>) =>
    variant === 'int8' && tensor.dims.length === 2
      ? roundedWeight(graph, name, tensor)
      : graph.initialiser(name, tensor);
  const parameter = (name: string) => weight(name, parameters.get(name)!); // the backbone's names and the head's
  const { sentence } = await backbone.buildForward({
    rows: gatherEmbeddings(graph, embeddings, ids, variant),
    mask: cast(attentionMask, 'float32'),
    parameter,
  });
  return buildDeepHead(sentence, backbone.sentenceWidth, parameter);
}

function gatherEmbeddings(
  graph: Graph,
  table: Tensor<'float32'>,
  ids: Value,
  variant: Variant,
): Value {
  if (variant === 'full') return gather(graph.initialiser('embeddings', table), ids);
  const { all, scale } = roundedInitialisers(graph, 'embeddings', table);
  return mul(cast(gather(all, ids), 'float32'), scale);
}

/** ONNX Runtime computes this once, when it loads the model. */
function roundedWeight(graph: Graph, name: string, tensor: Tensor<'float32'>): Value {
  const { all, scale } = roundedInitialisers(graph, name, tensor);
  return dequantizeLinear(all, scale);
}

function roundedInitialisers(graph: Graph, name: string, { dims, data }: Tensor<'float32'>) {
  const width = dims[1]!; // a matrix has two axes
  const { rounded, scales } = roundColumns(data, width);
  return {
    all: graph.initialiser(name, createTensor('int8', dims, rounded)),
    scale: graph.initialiser(`${name}.scales`, createTensor('float32', [width], scales)),
  };
}
