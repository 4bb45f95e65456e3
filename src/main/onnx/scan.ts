import { AppError } from '../../shared/errors.ts';
import { decodeModel } from './protobuf/decode.ts';
import type { Message } from './protobuf/schema.ts';
import { fromTensorProto } from './protobuf/tensor-proto.ts';

/** What a model is made of, for the card and for the decision whether to load it. */
export interface ModelSummary {
  readonly model: Message<'Model'>;
  readonly operators: readonly string[];
  readonly nodeCount: number;
  readonly parameterCount: number;
  readonly sizeBytes: number;
}

const MAX_NODES = 200_000;
/** The domains whose operators the runtime brings itself. */
const knownDomains: readonly string[] = ['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'];
/** Operators that read nothing but a shape and can fill all memory from a few bytes. */
const allocators: readonly string[] = [
  'ConstantOfShape',
  'Expand',
  'Tile',
  'Range',
  'RandomNormal',
  'RandomUniform',
];
const MAX_CONSTANT_SIZE = 2 ** 28;

/**
 * Reads a model that we did not write and refuses what could hang the runtime, read other files or poison the
 * numbers: loops and branches, nested functions, outside data, foreign operators, weights that are not numbers.
 * @throws AppError `onnx.malformed` for a file that is broken, `onnx.unsafe` for one that could do harm
 */
export function scanModel(bytes: Uint8Array): ModelSummary {
  const model = decodeModel(bytes);
  const { graph } = model;
  if (!graph) throw malformed('it has no graph');
  if (model.functions.length > 0) throw unsafe('it defines functions of its own');
  if (model.trainingInfo.length > 0) throw unsafe('it carries a training graph');
  if (graph.sparseInitialisers.length > 0) throw unsafe('it holds sparse weights');
  if (graph.nodes.length > MAX_NODES) throw unsafe(`it has more than ${MAX_NODES} operators`);

  let parameterCount = 0;
  for (const proto of graph.initialisers) parameterCount += checkTensor(proto);
  const initialisers = new Map(graph.initialisers.map((proto) => [proto.name ?? '', proto]));
  for (const node of graph.nodes) checkNode(node, initialisers);
  return {
    model,
    operators: [...new Set(graph.nodes.map((node) => node.type ?? ''))].sort(),
    nodeCount: graph.nodes.length,
    parameterCount,
    sizeBytes: bytes.length,
  };
}

function checkNode(
  node: Message<'Node'>,
  initialisers: ReadonlyMap<string, Message<'Tensor'>>,
): void {
  const type = node.type ?? '';
  if (!knownDomains.includes(node.domain ?? ''))
    throw unsafe(`its operator ${type} comes from ${node.domain}, which is not installed`);
  for (const attribute of node.attributes) {
    if (attribute.g || attribute.graphs.length > 0)
      throw unsafe(`${type} holds a graph of its own (a loop or a branch), which may never end`);
    if (attribute.sparseTensor || attribute.sparseTensors.length > 0)
      throw unsafe(`${type} holds sparse values`);
    for (const tensor of attribute.t ? [attribute.t, ...attribute.tensors] : attribute.tensors)
      checkTensor(tensor);
  }
  if (allocators.includes(type))
    for (const input of node.inputs) {
      const proto = initialisers.get(input);
      if (proto && asksTooMuch(proto))
        throw unsafe(`${type} asks for more memory than any text model needs`);
    }
}

function asksTooMuch(proto: Message<'Tensor'>): boolean {
  const { type, data } = fromTensorProto(proto);
  if (type !== 'int64' || data.length > 16) return false;
  return (
    Array.from(data, Number).reduce((size, dim) => size * Math.abs(dim || 1), 1) > MAX_CONSTANT_SIZE
  );
}

/** Checks one tensor and gives its number of elements. */
function checkTensor(proto: Message<'Tensor'>): number {
  // ONNX Runtime reads text and half precision too; they hold no float32 to look at.
  const isReadable = proto.stringData.length === 0 && proto.dataType !== 8 && proto.dataType !== 10;
  if (!isReadable && proto.externalData.length === 0 && proto.dataLocation !== 1)
    return proto.dims.reduce((size, dim) => size * dim, 1);
  const { type, data } = fromTensorProto(proto);
  if ((type === 'float32' || type === 'float64') && hasNaN(data as Float32Array | Float64Array))
    throw malformed(`the weight ${proto.name ?? ''} holds values that are not numbers`);
  return data.length;
}

function hasNaN(data: Float32Array | Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) return true;
  return false;
}

function malformed(why: string): AppError {
  return new AppError(
    'onnx.malformed',
    `The model was not loaded: ${why}. Copy or export it again.`,
  );
}

function unsafe(why: string): AppError {
  return new AppError(
    'onnx.unsafe',
    `The model was not loaded: ${why}. Use a plain fp32 encoder in one file, exported without control flow.`,
  );
}
