import type { Graph, Value } from '../../onnx/graph/graph.ts';
import { liveNodes } from '../../onnx/graph/live-nodes.ts';

/** Each session of a bucket has an arena of its own, which grows by doubling: measured, three times the values. */
const ARENA_SPARE = 3;

/**
 * About what a session takes for the values of its graph: the most of them at a time, each from the node that makes it to
 * the last that reads it, and what the arena holds besides. What the graph gives is written to arrays of the caller.
 */
export function activationBytesOf(graph: Graph): number {
  const nodes = liveNodes(graph);
  const lastReader = new Map<Value | undefined, number>();
  nodes.forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader.set(input, index);
  });
  const given = new Set(graph.outputs.values());
  const freed = nodes.map(() => 0);
  let elements = 0;
  let most = 0;
  nodes.forEach(({ outputs }, index) => {
    for (const value of outputs) {
      if (given.has(value)) continue;
      const size = elementsOf(value);
      elements += size;
      freed[lastReader.get(value) ?? index]! += size;
    }
    most = Math.max(most, elements);
    elements -= freed[index]!;
  });
  return ARENA_SPARE * 4 * most;
}

/** Axes of no fixed length count as 1. */
function elementsOf({ shape }: Value): number {
  return shape.reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : 1), 1);
}
