import { AppError } from '../../../shared/errors.ts';
import { dependents } from './dependents.ts';
import type { Graph, Node, Value } from './graph.ts';
import { liveNodes } from './live-nodes.ts';
import { toModel } from './to-model.ts';

/** A value that the first half computes and the second half reads. Shapes are numbers: it is kept in an array. */
export interface KeptValue {
  readonly name: string;
  readonly dims: readonly number[];
}

/** A graph in two models, to be run one after the other. */
export interface SplitGraph {
  /** Gives what the late inputs do not change: those outputs of the graph, and the kept values by their names. */
  readonly early: Uint8Array;
  /** Is fed the late inputs, the kept values, and whichever inputs it reads; gives the other outputs. */
  readonly late: Uint8Array;
  readonly kept: readonly KeptValue[];
}

/**
 * Cuts a graph where some of its inputs come in, so that they may be computed from what the first half gives. Nothing
 * is computed twice but what is not float32: indices and masks, which cost little.
 * @throws AppError `onnx.shape` when a kept value has no fixed shape
 */
export function splitGraph(graph: Graph, lateInputs: readonly Value[]): SplitGraph {
  const dependent = dependents(graph, lateInputs);
  const outputsThat = (areLate: boolean) =>
    new Map([...graph.outputs].filter(([, value]) => dependent.has(value) === areLate));
  const earlyOutputs = outputsThat(false);
  // As late as possible: what only the second half reads, such as signs for a gradient, is computed there.
  const before = liveNodes({ ...graph, outputs: earlyOutputs });
  const isBefore = new Set(before);
  const late = liveNodes(graph).filter((node) => !isBefore.has(node));
  const again = findRepeated(before, late);
  const after = liveNodes(graph).filter((node) => !isBefore.has(node) || again.has(node));

  const computedAgain = new Set([...again].flatMap((node) => node.outputs));
  const computedBefore = new Set(
    before.flatMap((node) => node.outputs).filter((value) => !computedAgain.has(value)),
  );
  const readAfter = new Set(after.flatMap((node) => node.inputs));
  const kept = [...computedBefore].filter((value) => readAfter.has(value));
  return {
    early: toModel({
      ...graph,
      inputs: graph.inputs.filter((input) => !dependent.has(input)),
      nodes: before,
      outputs: new Map([...earlyOutputs, ...kept.map((value) => [value.name, value] as const)]),
    }),
    late: toModel({
      ...graph,
      inputs: [...graph.inputs.filter((input) => readAfter.has(input)), ...kept],
      nodes: after,
      outputs: outputsThat(true),
    }),
    kept: kept.map(describe),
  };
}

/** Nodes of the first half that the second needs for values that are not float32, those behind them included. */
function findRepeated(before: readonly Node[], late: readonly Node[]): ReadonlySet<Node> {
  const nodeOf = new Map(before.flatMap((node) => node.outputs.map((value) => [value, node])));
  const repeated = new Set<Node>();
  const visit = (node: Node): void => {
    for (const input of node.inputs) {
      const source = !input || input.type === 'float32' ? undefined : nodeOf.get(input);
      if (!source || repeated.has(source)) continue;
      repeated.add(source);
      visit(source);
    }
  };
  for (const node of late) visit(node);
  return repeated;
}

function describe({ name, shape }: Value): KeptValue {
  const dims = shape.filter((dim) => typeof dim === 'number');
  if (dims.length < shape.length)
    throw new AppError(
      'onnx.shape',
      `The value ${name} is of shape [${shape.join(', ')}]; a graph can be cut only at values of fixed shape.`,
    );
  return { name, dims };
}
