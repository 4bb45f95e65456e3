import type { Graph } from '../../onnx/graph/graph.ts';

/** What the values of a graph take when all are kept at once: an upper bound, since ONNX Runtime reuses memory. */
export function activationBytesOf(graph: Graph): number {
  let elements = 0;
  for (const { outputs } of graph.nodes)
    for (const { shape } of outputs)
      elements += shape.reduce<number>(
        (size, dim) => size * (typeof dim === 'number' ? dim : 1),
        1,
      );
  return 4 * elements;
}
