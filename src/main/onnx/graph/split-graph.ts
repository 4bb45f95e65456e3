import { AppError } from '../../../shared/errors.ts';
import { dependents } from './dependents.ts';
import type { Graph, Value } from './graph.ts';
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
 * is computed twice.
 * @throws AppError `onnx.shape` when a kept value has no fixed shape or is not float32
 */
export function splitGraph(graph: Graph, lateInputs: readonly Value[]): SplitGraph {
  const dependent = dependents(graph, lateInputs);
  const outputsThat = (areLate: boolean) =>
    new Map([...graph.outputs].filter(([, value]) => dependent.has(value) === areLate));
  const earlyOutputs = outputsThat(false);
  // As late as possible: what only the second half reads, such as signs for a gradient, is computed there.
  const before = liveNodes({ ...graph, outputs: earlyOutputs });
  const isBefore = new Set(before);
  const after = liveNodes(graph).filter((node) => !isBefore.has(node));

  const computedBefore = new Set(before.flatMap((node) => node.outputs));
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

function describe({ name, type, shape }: Value): KeptValue {
  const dims = shape.filter((dim) => typeof dim === 'number');
  if (type !== 'float32' || dims.length < shape.length)
    throw new AppError(
      'onnx.shape',
      `The value ${name} is ${type}[${shape.join(', ')}]; a graph can be cut only at float32 values of fixed shape.`,
    );
  return { name, dims };
}
