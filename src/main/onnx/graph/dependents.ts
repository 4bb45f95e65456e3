import type { Graph, Value } from './graph.ts';

/** The given values and those that change when one of them does. */
export function dependents(graph: Graph, given: readonly Value[]): ReadonlySet<Value | undefined> {
  const changed = new Set<Value | undefined>(given);
  for (const { inputs, outputs } of graph.nodes)
    if (inputs.some((input) => changed.has(input)))
      for (const output of outputs) changed.add(output);
  return changed;
}
