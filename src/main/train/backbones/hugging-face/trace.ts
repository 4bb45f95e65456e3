import { AppError } from '../../../../shared/errors.ts';
import type { Operator } from '../../../onnx/graph/operator.ts';
import { operators } from '../../../onnx/operators/index.ts';
import type { DataType, Tensor } from '../../../onnx/tensor.ts';
import type { CutEncoder } from './cut-embedding.ts';
import type { EncoderModel, ModelNode } from './encoder-model.ts';

/** What the values of an encoder depend on. */
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
export function trace(
  { model, rowsName }: CutEncoder,
  types: ReadonlyMap<string, DataType>,
): Trace {
  const isBlocked = (node: ModelNode) =>
    typeof operatorOf(node)?.gradient !== 'function' &&
    node.outputs.some((name) => (types.get(name) ?? 'float32') === 'float32');

  const ofRows = descendants(model, new Set([rowsName]));
  const wall = model.nodes.find(
    (node) => isBlocked(node) && node.inputs.some((name) => ofRows.has(name)) && !isShape(node),
  );
  if (wall)
    throw new AppError(
      'onnx.unsupported',
      `The encoder uses ${wall.type}, through which Stillroom cannot train. Use a BERT-like encoder exported in fp32.`,
    );
  const frozen = ancestors(
    model,
    model.nodes.filter(isBlocked).flatMap(({ inputs }) => inputs),
  );
  const used = ancestors(model, model.outputs);
  const parameters = new Map<string, Tensor<'float32'>>();
  for (const [name, tensor] of model.tensors)
    if (isWeight(tensor) && used.has(name) && !frozen.has(name)) parameters.set(name, tensor);

  const changing = descendants(model, new Set([rowsName, ...batchInputs, ...parameters.keys()]));
  const shapeValues = model.nodes
    .flatMap(({ outputs }) => outputs)
    .filter((name) => !changing.has(name));
  return { parameters, shapeValues: new Set(shapeValues) };
}

const isShape = ({ type }: ModelNode) => shapeReaders.includes(type);

const isWeight = (tensor: Tensor): tensor is Tensor<'float32'> =>
  tensor.type === 'float32' && tensor.dims.length > 0 && tensor.data.length > 1;

/** The values themselves and all that is computed from their elements. */
function descendants({ nodes }: EncoderModel, from: Set<string>): ReadonlySet<string> {
  for (const node of nodes)
    if (!isShape(node) && node.inputs.some((name) => from.has(name)))
      for (const name of node.outputs) from.add(name);
  return from;
}

/** The values themselves and all whose elements they are computed from. */
function ancestors({ nodes }: EncoderModel, of: readonly string[]): ReadonlySet<string> {
  const found = new Set(of);
  for (const node of nodes.toReversed())
    if (!isShape(node) && node.outputs.some((name) => found.has(name)))
      for (const name of node.inputs) found.add(name);
  return found;
}
