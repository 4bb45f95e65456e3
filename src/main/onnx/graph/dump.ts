import type { Graph, Node, Value } from './graph.ts';
import { liveNodes } from './live-nodes.ts';
import { describeType } from './shape.ts';

/** Small integer constants (axes, shapes) are shown in place. */
const INLINE_SIZE = 8;

/** A graph as text that a person can follow: one line for each input, weight, node and output. */
export function dump(graph: Graph): string {
  const nodes = liveNodes(graph);
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const weights = graph.initialisers.filter((value) => used.has(value) && !isInline(value));
  return [
    `graph ${graph.name}`,
    ...graph.inputs.map((value) => `  input   ${value.name}: ${describeType(value)}`),
    ...weights.map((value) => `  weight  ${value.name}: ${describeType(value)}`),
    ...nodes.map((node) => `  ${describeNode(node)}`),
    ...[...graph.outputs].map(([name, value]) => `  output  ${name} = ${value.name}`),
  ].join('\n');
}

function describeNode({ operator, inputs, outputs, attributes }: Node): string {
  const results = outputs.map((value) => `${value.name}: ${describeType(value)}`).join(', ');
  const settings = Object.entries(attributes)
    .filter(([key, value]) => value !== undefined && value !== operator.attributes[key]?.fallback)
    .map(([key, value]) => `${key}=${Array.isArray(value) ? `[${value}]` : value}`);
  return `${results} = ${operator.type}(${[...inputs.map(describeInput), ...settings].join(', ')})`;
}

function describeInput(value: Value | undefined): string {
  if (!value) return '_';
  if (!value.tensor || !isInline(value)) return value.name;
  const numbers = [...value.tensor.data].join(', ');
  return value.shape.length === 0 ? numbers : `[${numbers}]`;
}

function isInline({ tensor, name }: Value): boolean {
  return tensor !== undefined && tensor.data.length <= INLINE_SIZE && name.startsWith('constant_');
}
