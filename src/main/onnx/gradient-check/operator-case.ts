import { createRng, type Rng } from '../../lib/rng.ts';
import { applyAll } from '../graph/apply.ts';
import type { Graph, Value } from '../graph/graph.ts';
import type { Operator, OperatorCase } from '../graph/operator.ts';
import { float32, sizeOf, type Tensor } from '../tensor.ts';

/** Makes outputs of a graph from its variables. */
export type Draw = (graph: Graph, variables: readonly Value[]) => readonly Value[];

/** A case of an operator in two parts: random tensors, and the call on values of their shapes. */
export interface PreparedCase {
  readonly variables: readonly Tensor<'float32'>[];
  /** Draws all outputs; inputs that the case gives are constants. */
  readonly call: Draw;
  /** Draws those that a gradient flows through. */
  readonly smooth: Draw;
}

export function prepareCase(
  operator: Operator,
  { inputs, attributes }: OperatorCase,
): PreparedCase {
  const rng = createRng(42);
  const variables = inputs.flatMap((input) =>
    input && 'dims' in input ? [randomTensor(input.dims, input.low, input.high, rng)] : [],
  );
  const call: Draw = (graph, values) => {
    const next = values.values();
    const operands = inputs.map(
      (input) => input && ('tensor' in input ? graph.constant(input.tensor) : next.next().value),
    );
    return applyAll(operator, operands, attributes);
  };
  const smooth: Draw = operator.hasManyGradients ? call : (...given) => call(...given).slice(0, 1);
  return { variables, call, smooth };
}

export function randomTensor(
  dims: readonly number[],
  low: number,
  high: number,
  rng: Rng,
): Tensor<'float32'> {
  return float32(
    dims,
    Array.from({ length: sizeOf(dims) }, () => low + (high - low) * rng.next()),
  );
}
