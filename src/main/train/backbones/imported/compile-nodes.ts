import { AppError } from '../../../../shared/errors.ts';
import type { Graph, Value } from '../../../onnx/graph/graph.ts';
import {
  type AttributeSpecs,
  defineOperator,
  type Operator,
} from '../../../onnx/graph/operator.ts';
import type { Dim, ValueType } from '../../../onnx/graph/shape.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import type { ForwardInputs } from '../backbone.ts';
import type { CutModel } from './cut-embedding.ts';
import { type ModelNode, tellNode } from './imported-model.ts';
import { operatorOf, type Trace } from './trace.ts';

/** Values that the model's nodes find by name. */
export interface NodeInputs {
  readonly graph: Graph;
  readonly parameter: ForwardInputs['parameter'];
  readonly multiply: ForwardInputs['multiply'];
  /** The rows, and what stands for the inputs of the original. */
  readonly given: ReadonlyMap<string, Value>;
  /** What the batch's shape decides, already computed; absent while the shape is not known. */
  readonly constants?: Readonly<Record<string, Tensor>>;
  /** The types of what the compiler's own rules do not tell. */
  readonly types: ReadonlyMap<string, ValueType>;
}

/** Nodes that keep their meaning in all opsets that we read, and so may pass through without being understood. */
const opaqueOperators: readonly string[] = [
  'Abs',
  'Ceil',
  'Cos',
  'CumSum',
  'Floor',
  'IsInf',
  'IsNaN',
  'Max',
  'Min',
  'Mod',
  'NonZero',
  'Not',
  'Or',
  'Range',
  'Reciprocal',
  'ReduceMin',
  'ReduceProd',
  'Sign',
  'Sin',
  'Size',
  'Tile',
  'Trilu',
  'Xor',
];

/**
 * Appends a model's nodes to a graph and gives its last value. With `constants` every node that a gradient can
 * pass becomes one of the compiler's operators, whose shapes are known; without, nodes are taken as they stand,
 * for any batch and length.
 */
export function compileNodes(
  { model }: CutModel,
  { parameters, shapeValues }: Trace,
  { graph, parameter, multiply, given, constants, types }: NodeInputs,
): Value {
  const values = new Map(given);

  function find(name: string): Value | undefined {
    if (name === '') return undefined;
    const known = values.get(name);
    if (known) return known;
    const tensor = constants?.[name] ?? model.tensors.get(name);
    const isParameter = parameters.has(name);
    if (!tensor && !isParameter)
      throw new AppError('onnx.malformed', `The model reads ${name}, which nothing makes.`);
    const value = isParameter ? parameter(name) : graph.constant(finite(tensor!)); // one of the two
    values.set(name, value);
    return value;
  }

  for (const node of model.nodes) {
    if (constants && node.outputs.every((name) => shapeValues.has(name))) continue;
    const [left = '', right = ''] = node.inputs;
    if (multiply && node.type === 'MatMul' && parameters.get(right)?.dims.length === 2) {
      values.set(node.outputs[0]!, multiply(find(left)!, right)); // a product has two inputs and an output
      continue;
    }
    const operator = constants ? operatorOf(node) : undefined;
    const inputs = node.inputs.map(find);
    const outputs = graph.append(operator ?? opaque(node, types), inputs, node.attributes);
    for (const [i, name] of node.outputs.entries()) if (outputs[i]) values.set(name, outputs[i]);
  }
  return find(model.outputs[0] ?? '')!; // the model has this output
}

/** Exporters mask with -Infinity, which gives 0 / 0 in a row that is all padding. */
function finite(tensor: Tensor): Tensor {
  if (tensor.type !== 'float32') return tensor;
  const { data } = tensor as Tensor<'float32'>; // just looked at
  if (!data.includes(Number.NEGATIVE_INFINITY)) return tensor;
  return {
    ...tensor,
    data: data.map((value) => (value === Number.NEGATIVE_INFINITY ? -1e9 : value)),
  };
}

/** An operator for one node alone: it has the types that a run of the original showed, and no gradient. */
function opaque(node: ModelNode, types: ReadonlyMap<string, ValueType>): Operator {
  const { type, domain, outputs, attributes } = node;
  if (!operatorOf(node) && !opaqueOperators.includes(type))
    throw new AppError(
      'onnx.unsupported',
      `The model uses ${tellNode(node)}, which Stillroom does not know. Use a plain fp32 export (onnx/model.onnx).`,
    );
  const specs: Record<string, AttributeSpecs[string]> = {};
  const declared = operatorOf(node)?.attributes ?? {};
  for (const [name, value] of Object.entries(attributes))
    specs[name] = declared[name] ?? {
      kind: typeof value === 'string' ? 'string' : typeof value === 'number' ? 'int' : 'ints',
      fallback: undefined,
    };
  const known = outputs.map((name) => types.get(name));
  const results = known.filter((result) => result !== undefined);
  if (results.length !== outputs.filter(Boolean).length)
    throw new AppError('onnx.malformed', `The types of what ${type} gives are not known.`);
  return defineOperator({
    type,
    domain: domain as Operator['domain'], // `scanModel` admits no others
    arity: 1,
    attributes: specs,
    infer: () => results as [ValueType, ...ValueType[]], // every node has an output
    gradient: { none: 'it was taken over without being understood' },
    cases: [],
  });
}

/** The types of values that were seen in runs of different shapes: a size that changed is not known. */
export function typesOf(
  runs: readonly Readonly<Record<string, Tensor>>[],
): ReadonlyMap<string, ValueType> {
  const [first = {}, ...others] = runs;
  return new Map(
    Object.entries(first).map(([name, { type, dims }]) => [
      name,
      {
        type,
        shape: dims.map(
          (dim, axis): Dim =>
            others.every((run) => run[name]?.dims[axis] === dim) ? dim : `${name}?${axis}`,
        ),
      },
    ]),
  );
}
