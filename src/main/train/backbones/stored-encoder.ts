import type { Graph, Value } from '../../onnx/graph/graph.ts';
import { cast } from '../../onnx/operators/cast.ts';
import { dequantizeLinear } from '../../onnx/operators/dequantize-linear.ts';
import { gather } from '../../onnx/operators/gather.ts';
import { mul } from '../../onnx/operators/mul.ts';
import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import { roundColumns } from '../students/round-columns.ts';
import type { Backbone, ForwardOutputs } from './backbone.ts';
import type { EncoderWeights } from './encoder-weights.ts';
import type { InputRanges } from './input-ranges.ts';
import { addRoundedWeight, multiplyRounded, type RoundedWeight } from './rounded-product.ts';

/**
 * Appends an encoder with its weights to a graph that is exported; `parameter` stores further weights the same way.
 * With ranges, in 8 bits: the encoder's own products are computed in integers, the other matrices are unpacked when
 * the model is loaded. Shapes: ids, attentionMask int64[B, L].
 */
export async function storeEncoder(
  { embeddings, parameters }: EncoderWeights,
  backbone: Backbone,
  ids: Value,
  attentionMask: Value,
  ranges?: InputRanges,
): Promise<ForwardOutputs & { readonly parameter: (name: string) => Value }> {
  const { graph } = ids;
  const tensorOf = (name: string) => parameters.get(name)!; // the backbone's names and the head's
  const parameter = (name: string) => {
    const tensor = tensorOf(name);
    return ranges && tensor.dims.length === 2
      ? roundedWeight(graph, name, tensor)
      : graph.initialiser(name, tensor);
  };
  const known = new Map<string, RoundedWeight>();
  const roundedWeightOf = (name: string, measured: InputRanges) => {
    const weight =
      known.get(name) ?? addRoundedWeight(graph, name, tensorOf(name), measured.get(name)!); // all were measured
    known.set(name, weight);
    return weight;
  };
  const outputs = await backbone.buildForward({
    rows: gatherEmbeddings(graph, embeddings, ids, ranges !== undefined),
    mask: cast(attentionMask, 'float32'),
    parameter,
    multiply: ranges && ((x, name) => multiplyRounded(x, roundedWeightOf(name, ranges))),
  });
  return { ...outputs, parameter };
}

function gatherEmbeddings(
  graph: Graph,
  table: Tensor<'float32'>,
  ids: Value,
  isRounded: boolean,
): Value {
  if (!isRounded) return gather(graph.initialiser('embeddings', table), ids);
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
