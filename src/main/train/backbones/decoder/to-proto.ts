import { OPSET } from '../../../onnx/graph/graph.ts';
import type { Draft, Message } from '../../../onnx/protobuf/schema.ts';
import { toTensorProto } from '../../../onnx/protobuf/tensor-proto.ts';
import type { ImportedModel, ModelNode, RawAttribute } from '../imported/imported-model.ts';
import { operatorOf } from '../imported/trace.ts';

/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A read model with its rewritten nodes as a model again, with the inputs of the original, so that parts of it can be run. */
export function toProto(model: ImportedModel, original: Message<'Model'>): Draft<'Model'> {
  const read = new Set(model.nodes.flatMap(({ inputs }) => inputs));
  return {
    irVersion: original.irVersion ?? 8,
    opsetImport: [
      { domain: '', version: OPSET },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: {
      name: 'rewritten',
      inputs: (original.graph?.inputs ?? []).filter(({ name = '' }) => read.has(name)),
      initialisers: [...model.tensors]
        .filter(([name]) => read.has(name))
        .map(([name, tensor]) => toTensorProto(name, tensor)),
      nodes: model.nodes.map(toNode),
    },
  };
}

function toNode(node: ModelNode): Draft<'Node'> {
  const { type, domain, inputs, outputs, attributes } = node;
  const known = operatorOf(node)?.attributes ?? {};
  return {
    type,
    domain,
    inputs,
    outputs,
    attributes: Object.entries(attributes).map(([key, value]) =>
      toAttribute(key, known[key]?.kind ?? kindOf(value), value),
    ),
  };
}

/** Operators that the compiler does not know have no attributes that are fractions. */
function kindOf(value: RawAttribute): keyof typeof attributeTypes {
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' ? 'int' : 'ints';
}

function toAttribute(
  name: string,
  kind: keyof typeof attributeTypes,
  value: RawAttribute,
): Draft<'Attribute'> {
  const type = attributeTypes[kind];
  // The kind was chosen by the value, or is what the operator declares.
  if (kind === 'string') return { name, type, s: Buffer.from(value as string, 'utf8') };
  if (kind === 'ints') return { name, type, ints: value as readonly number[] };
  return { name, type, [kind === 'int' ? 'i' : 'f']: value as number };
}
