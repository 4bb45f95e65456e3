import { AppError } from '../../../../shared/errors.ts';
import type { Operator } from '../../../onnx/graph/operator.ts';
import { operators } from '../../../onnx/operators/index.ts';
import type { DataType, Tensor } from '../../../onnx/tensor.ts';
import type { CutModel } from './cut-embedding.ts';
import { type ImportedModel, type ModelNode, tellNode } from './imported-model.ts';

/** What the values of a model depend on. */
export interface Trace {
  /** The weights that a gradient can reach: what is trained. */
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  /** The values that the batch's shape alone decides. */
  readonly shapeValues: ReadonlySet<string>;
}

/** Operators that look at nothing but the shape of their input. */
const shapeReaders: readonly string[] = ['Shape', 'Size'];
const batchInputs: readonly string[] = ['input_ids', 'attention_mask'];

/** The compiler's operator for a node, if it has one. */
export function operatorOf({ type, domain }: ModelNode): Operator | undefined {
  const known: Readonly<Record<string, Operator>> = operators;
  const operator = Object.hasOwn(known, type) ? known[type] : undefined;
  return operator?.domain === domain ? operator : undefined;
}

/**
 * Follows rows, mask and weights through an encoder. A weight that meets an operator without a gradient (the
 * frequencies of a rotary embedding go through a cosine) stays as it is; token vectors may not meet one.
 * @throws AppError `onnx.unsupported`
 */
export function trace({ model, rowsName }: CutModel, types: Types): Trace {
  const isBlocked = (node: ModelNode) => isWall(node, types);
  refuseWalls(model, descendants(model, [rowsName]), types);
  const frozen = ancestors(
    model,
    model.nodes.filter(isBlocked).flatMap(({ inputs }) => inputs),
  );
  const used = ancestors(model, model.outputs);
  const parameters = new Map<string, Tensor<'float32'>>();
  for (const [name, tensor] of model.tensors)
    if (isWeight(tensor) && used.has(name) && !frozen.has(name)) parameters.set(name, tensor);

  return {
    parameters,
    shapeValues: valuesBeside(model, [rowsName, ...batchInputs, ...parameters.keys()]),
  };
}

type Types = ReadonlyMap<string, DataType>;

/** Whether a node gives numbers through which no gradient flows. */
function isWall(node: ModelNode, types: Types): boolean {
  return (
    typeof operatorOf(node)?.gradient !== 'function' &&
    node.outputs.some((name) => (types.get(name) ?? 'float32') === 'float32')
  );
}

/** @throws AppError `onnx.unsupported` where no gradient flows on from one of these values */
export function refuseWalls({ nodes }: ImportedModel, of: ReadonlySet<string>, types: Types): void {
  const wall = nodes.find(
    (node) => isWall(node, types) && node.inputs.some((name) => of.has(name)) && !isShape(node),
  );
  if (wall)
    throw new AppError(
      'onnx.unsupported',
      `The model uses ${tellNode(wall)}, through which Stillroom cannot train. Use a plain fp32 export of it.`,
    );
}

/** The values that do not change when one of the given ones does. */
export function valuesBeside(
  model: ImportedModel,
  changing: readonly string[],
): ReadonlySet<string> {
  const changed = descendants(model, changing);
  return new Set(
    model.nodes.flatMap(({ outputs }) => outputs).filter((name) => !changed.has(name)),
  );
}

const isShape = ({ type }: ModelNode) => shapeReaders.includes(type);

const isWeight = (tensor: Tensor): tensor is Tensor<'float32'> =>
  tensor.type === 'float32' && tensor.dims.length > 0 && tensor.data.length > 1;

/** The values themselves and all that is computed from their elements. */
export function descendants({ nodes }: ImportedModel, of: readonly string[]): ReadonlySet<string> {
  const from = new Set(of);
  for (const node of nodes)
    if (!isShape(node) && node.inputs.some((name) => from.has(name)))
      for (const name of node.outputs) from.add(name);
  return from;
}

/** The values themselves and all whose elements they are computed from. */
function ancestors({ nodes }: ImportedModel, of: readonly string[]): ReadonlySet<string> {
  const found = new Set(of);
  for (const node of nodes.toReversed())
    if (!isShape(node) && node.outputs.some((name) => found.has(name)))
      for (const name of node.inputs) found.add(name);
  return found;
}
