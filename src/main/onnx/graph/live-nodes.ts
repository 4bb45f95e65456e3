import type { Graph, Node, Value } from './graph.ts';

/** The nodes that the outputs depend on, in running order. */
export function liveNodes(graph: Graph): readonly Node[] {
  const needed = new Set<Value | undefined>(graph.outputs.values());
  const live: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    live.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  return live.reverse();
}
