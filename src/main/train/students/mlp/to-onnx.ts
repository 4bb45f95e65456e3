import { scalar } from '../../../onnx/graph/apply.ts';
import { createGraph, type Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { cast } from '../../../onnx/operators/cast.ts';
import { gather } from '../../../onnx/operators/gather.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { softmax } from '../../../onnx/operators/softmax.ts';
import { squeeze } from '../../../onnx/operators/squeeze.ts';
import { unsqueeze } from '../../../onnx/operators/unsqueeze.ts';
import { createTensor, float32, type Tensor } from '../../../onnx/tensor.ts';
import { NEURAL_SCALE } from '../neural-scale.ts';
import { roundColumns } from '../round-columns.ts';
import type { Variant } from '../student.ts';
import type { MlpModel } from './fit-mlp.ts';
import { buildHead } from './graphs.ts';

/**
 * The model as ONNX: inputs `indices` and `values` [B, n], padded with index 0 and value 0; outputs `scores` and
 * `probabilities` [B, C]. In the int8 variant each hidden unit's column of the table has its own scale.
 */
export function toOnnx(model: MlpModel, temperature: number, variant: Variant): Uint8Array {
  const graph = createGraph('stillroom-mlp');
  const indices = graph.input('indices', 'int64', ['B', 'n']);
  const values = graph.input('values', 'float32', ['B', 'n']);
  const logits = buildMlp(model, indices, values, variant);
  const scores = mul(logits, scalar(logits, NEURAL_SCALE));
  graph.output('scores', scores);
  graph.output(
    'probabilities',
    softmax(mul(scores, graph.constant(float32([], [1 / temperature])))),
  );
  return toModel(graph);
}

/** Appends the network to a graph. Shapes: indices, values [B, n] and, if there are more inputs, more [B, H] -> [B, C] */
export function buildMlp(
  { table, parameters }: MlpModel,
  indices: Value,
  values: Value,
  variant: Variant,
  more?: Value,
): Value {
  const { graph } = indices;
  const weigh = (rows: Value) => squeeze(matMul(unsqueeze(values, [1]), rows), [1]);
  const sums =
    variant === 'full'
      ? weigh(gather(graph.initialiser('ngrams', table), indices))
      : weighRounded(table);
  return buildHead(more ? add(sums, more) : sums, (name) =>
    graph.initialiser(name, parameters.get(name)!),
  ); // all are there

  function weighRounded({ dims, data }: Tensor<'float32'>): Value {
    const width = dims[1]!; // a table has two axes
    const { rounded, scales } = roundColumns(data, width);
    const all = graph.initialiser('ngrams', createTensor('int8', dims, rounded));
    const scale = graph.initialiser('ngramScales', createTensor('float32', [width], scales));
    return mul(weigh(cast(gather(all, indices), 'float32')), scale);
  }
}
