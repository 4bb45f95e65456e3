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
import { createTensor, float32 } from '../../../onnx/tensor.ts';
import { roundColumns } from '../round-columns.ts';
import type { Variant } from '../student.ts';
import type { LinearModel } from './linear-model.ts';

/**
 * The model as ONNX: inputs `indices` and `values` [B, n], padded with index 0 and value 0; outputs `scores` and
 * `probabilities` [B, C]. In the int8 variant each class has its own scale.
 */
export function toOnnx(model: LinearModel, temperature: number, variant: Variant): Uint8Array {
  const graph = createGraph('stillroom-linear');
  const indices = graph.input('indices', 'int64', ['B', 'n']);
  const values = graph.input('values', 'float32', ['B', 'n']);
  const scores = buildLinear(model, indices, values, variant);
  graph.output('scores', scores);
  graph.output(
    'probabilities',
    softmax(mul(scores, graph.constant(float32([], [1 / temperature])))),
  );
  return toModel(graph);
}

/** Appends the model to a graph, its weights named with a prefix. Shapes: indices, values [B, n] -> [B, C] */
export function buildLinear(
  { weights, biases, classCount }: LinearModel,
  indices: Value,
  values: Value,
  variant: Variant,
  prefix = '',
): Value {
  const { graph } = indices;
  // A table needs a row for the padding to point at, even when no n-gram is known.
  const table = weights.length === 0 ? new Float32Array(classCount) : weights;
  const dims = [table.length / classCount, classCount];
  const weigh = (rows: Value) => squeeze(matMul(unsqueeze(values, [1]), rows), [1]);

  let products: Value;
  if (variant === 'full') {
    const all = graph.initialiser(`${prefix}weights`, createTensor('float32', dims, table));
    products = weigh(gather(all, indices));
  } else {
    const { rounded, scales } = roundColumns(table, classCount);
    const all = graph.initialiser(`${prefix}weights`, createTensor('int8', dims, rounded));
    const scale = graph.initialiser(
      `${prefix}scales`,
      createTensor('float32', [classCount], scales),
    );
    products = mul(weigh(cast(gather(all, indices), 'float32')), scale);
  }
  return add(
    products,
    graph.initialiser(`${prefix}biases`, createTensor('float32', [classCount], biases)),
  );
}
