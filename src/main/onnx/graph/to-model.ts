import { encodeModel } from '../protobuf/encode.ts';
import type { Draft } from '../protobuf/schema.ts';
import { toTensorProto } from '../protobuf/tensor-proto.ts';
import { dataTypes } from '../tensor.ts';
import type { Graph, Node, Value } from './graph.ts';
import { OPSET } from './graph.ts';
import { liveNodes } from './live-nodes.ts';
import type { AttributeSpec, AttributeValue } from './operator.ts';

/** The version of the file format that goes with the operator set. */
const IR_VERSION = 8;
/** The version of ONNX Runtime's own operators. */
const MICROSOFT_OPSET = 1;
/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/**
 * The graph as the bytes of an ONNX model. Only what the outputs depend on is written, so rules may build more
 * than is needed. Each input is written, since ONNX Runtime must be fed exactly those.
 */
export function toModel(graph: Graph): Uint8Array {
  const nodes = liveNodes(graph);
  const names = nameOutputs(graph, nodes);
  const nameOf = (value: Value) => names.get(value) ?? value.name;
  const used = new Set(nodes.flatMap((node) => node.inputs));
  for (const value of graph.outputs.values()) used.add(value);

  const written = nodes.map((node) => toNode(node, nameOf, used));
  // A result that already has a name of its own (an input, a weight, a value given out twice) is copied.
  for (const [name, value] of graph.outputs)
    if (nameOf(value) !== name)
      written.push({ type: 'Identity', inputs: [nameOf(value)], outputs: [name] });

  const hasMicrosoft = nodes.some((node) => node.operator.domain === 'com.microsoft');
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'stillroom',
    opsetImport: [
      { domain: '', version: OPSET },
      ...(hasMicrosoft ? [{ domain: 'com.microsoft', version: MICROSOFT_OPSET }] : []),
    ],
    graph: {
      name: graph.name,
      nodes: written,
      initialisers: graph.initialisers
        .filter((value) => used.has(value))
        .map((value) => toTensorProto(value.name, value.tensor!)), // an initialiser has contents
      inputs: graph.inputs.map((value) => toValueInfo(value.name, value)),
      outputs: [...graph.outputs].map(([name, value]) => toValueInfo(name, value)),
    },
  });
}

/** Values computed by a node take the name of the result that they are. */
function nameOutputs(graph: Graph, nodes: readonly Node[]): Map<Value, string> {
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<Value, string>();
  for (const [name, value] of graph.outputs)
    if (computed.has(value) && !names.has(value)) names.set(value, name);
  return names;
}

function toNode(
  node: Node,
  nameOf: (value: Value) => string,
  used: ReadonlySet<Value | undefined>,
): Draft<'Node'> {
  const { operator, attributes } = node;
  // Optional results that nobody reads are left out, so that the runtime need not compute them.
  const outputs = node.outputs.map((value, i) => (i === 0 || used.has(value) ? nameOf(value) : ''));
  return {
    type: operator.type,
    domain: operator.domain,
    inputs: withoutTrailingBlanks(node.inputs.map((value) => (value ? nameOf(value) : ''))),
    outputs: operator.hasManyGradients ? node.outputs.map(nameOf) : withoutTrailingBlanks(outputs),
    attributes: Object.entries(operator.attributes).flatMap(([name, spec]) =>
      attributes[name] === undefined ? [] : [toAttribute(name, spec, attributes[name])],
    ),
  };
}

function withoutTrailingBlanks(names: string[]): string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function toAttribute(
  name: string,
  { kind }: AttributeSpec,
  value: NonNullable<AttributeValue>,
): Draft<'Attribute'> {
  const type = attributeTypes[kind];
  // The operator's definition types each value by its kind.
  if (kind === 'ints') return { name, type, ints: value as readonly number[] };
  if (kind === 'string') return { name, type, s: Buffer.from(value as string, 'utf8') };
  return { name, type, [kind === 'int' ? 'i' : 'f']: value as number };
}

function toValueInfo(name: string, { type, shape }: Value): Draft<'ValueInfo'> {
  const dims = shape.map((dim) => (typeof dim === 'number' ? { value: dim } : { parameter: dim }));
  return { name, type: { tensor: { elementType: dataTypes[type].code, shape: { dims } } } };
}
