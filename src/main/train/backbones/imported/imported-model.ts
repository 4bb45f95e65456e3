import { AppError } from '../../../../shared/errors.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { fromTensorProto } from '../../../onnx/protobuf/tensor-proto.ts';
import type { Tensor } from '../../../onnx/tensor.ts';

export type RawAttribute = number | string | readonly number[];

/** One operator of a model that we read, with names for values. An empty name is an input left out. */
export interface ModelNode {
  /** What the exporter called it; often empty. */
  readonly name: string;
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, RawAttribute>>;
}

/** A model as a list of nodes in running order, with every constant in one table. */
export interface ImportedModel {
  readonly opset: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly ModelNode[];
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Reads a scanned model into nodes. `Constant` becomes a tensor, `Dropout` (inactive outside training) and `Identity`
 * disappear. Exporters store equal weights once and name the others by `Identity`; each of those gets a tensor of
 * its own again, else they would be trained as one.
 * @throws AppError `onnx.unsupported`, `onnx.malformed`
 */
export function readImportedModel({ graph, opsetImport }: Message<'Model'>): ImportedModel {
  const tensors = new Map<string, Tensor>();
  const aliases = new Map<string, string>();
  const nodes: ModelNode[] = [];
  const real = (name: string) => aliases.get(name) ?? name;

  for (const proto of graph?.initialisers ?? [])
    tensors.set(proto.name ?? '', fromTensorProto(proto));
  for (const node of graph?.nodes ?? []) {
    const [input = ''] = node.inputs;
    const [output = ''] = node.outputs;
    if (node.type === 'Constant') tensors.set(output, readConstant(node));
    else if (node.type === 'Identity' && tensors.has(input)) {
      const tensor = tensors.get(input)!;
      tensors.set(output, { ...tensor, data: tensor.data.slice() });
    } else if (node.type === 'Identity' || node.type === 'Dropout')
      aliases.set(output, real(input));
    else
      nodes.push({
        name: node.name ?? '',
        type: node.type ?? '',
        domain: node.domain === 'ai.onnx' ? '' : (node.domain ?? ''),
        inputs: node.inputs.map(real),
        outputs: node.outputs,
        attributes: Object.fromEntries(
          node.attributes
            .map((attribute) => [attribute.name ?? '', readAttribute(node, attribute)] as const)
            .filter((entry): entry is [string, RawAttribute] => entry[1] !== undefined),
        ),
      });
    if (node.type === 'ConstantOfShape') tensors.set(fillName(output), readFill(node));
  }
  return {
    opset: opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? 0,
    // Old models list their weights among the inputs.
    inputs: (graph?.inputs ?? []).map(({ name = '' }) => name).filter((name) => !tensors.has(name)),
    outputs: (graph?.outputs ?? []).map(({ name = '' }) => real(name)),
    nodes,
    tensors,
  };
}

/** A node as a message names it: its operator, and what its exporter called it. */
export const tellNode = ({ domain, type, name }: ModelNode): string =>
  `${domain ? `${domain}.` : ''}${type}${name ? ` (${name})` : ''}`;

/** The name of the scalar that a `ConstantOfShape` repeats. */
export const fillName = (output: string) => `${output}/fill`;

type NodeProto = Message<'Node'>;

function readFill(node: NodeProto): Tensor {
  const proto = node.attributes.find(({ name }) => name === 'value')?.t;
  if (!proto) return { type: 'float32', dims: [], data: Float32Array.of(0) }; // ONNX's default
  return { ...fromTensorProto(proto), dims: [] };
}

function readConstant({ attributes, outputs }: NodeProto): Tensor {
  const [{ name, t, f, i, floats, ints } = {}] = attributes;
  if (t) return fromTensorProto(t);
  if (f !== undefined) return { type: 'float32', dims: [], data: Float32Array.of(f) };
  if (i !== undefined) return { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(i)) };
  if (floats && floats.length > 0) return { type: 'float32', dims: [floats.length], data: floats };
  if (ints && ints.length > 0)
    return { type: 'int64', dims: [ints.length], data: BigInt64Array.from(ints, BigInt) };
  throw new AppError(
    'onnx.unsupported',
    `The constant ${outputs[0]} is given by "${name}", which Stillroom does not read. Export the model again.`,
  );
}

/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, ints: 7 } as const;

function readAttribute(
  { type: operator }: NodeProto,
  { name, type, f, i, s, ints }: Message<'Attribute'>,
): RawAttribute | undefined {
  switch (type) {
    case attributeTypes.float:
      return f ?? 0;
    case attributeTypes.int:
      return i ?? 0;
    case attributeTypes.string:
      return Buffer.from(s ?? []).toString('utf8');
    case attributeTypes.ints:
      return ints;
    case attributeTypes.tensor:
      if (operator === 'ConstantOfShape') return undefined; // read by `readFill`
  }
  throw new AppError(
    'onnx.unsupported',
    `The operator ${operator} has "${name}", which Stillroom does not read. Use a plain fp32 export of the model.`,
  );
}
