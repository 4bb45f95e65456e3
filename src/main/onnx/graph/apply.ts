import { AppError } from '../../../shared/errors.ts';
import { float32, int64 } from '../tensor.ts';
import type { Graph, Value } from './graph.ts';
import type { AttributeValue, Operator } from './operator.ts';

/** Applies an operator to values of one graph; all its outputs. */
export function applyAll(
  operator: Operator,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): readonly Value[] {
  return graphOf(operator, inputs).append(operator, inputs, attributes);
}

/** Applies an operator to values of one graph; its first output. */
export function apply(
  operator: Operator,
  inputs: readonly (Value | undefined)[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): Value {
  return applyAll(operator, inputs, attributes)[0]!; // every operator has an output
}

/** A number as a constant of the same type as a value. */
export function scalar(like: Value, number: number): Value {
  const { graph, type } = like;
  if (type === 'float64') return graph.constant({ type, dims: [], data: Float64Array.of(number) });
  return graph.constant(type === 'int64' ? int64([], [number]) : float32([], [number]));
}

/** A list of integers as a constant of the same graph: axes, shapes, indices. */
export function integers(like: Value, numbers: readonly number[]): Value {
  return like.graph.constant(int64([numbers.length], numbers));
}

/** The numbers of a constant integer value. Undefined when they are known only at the run. */
export function integersOf(value: Value | undefined): readonly number[] | undefined {
  return value?.tensor && Array.from(value.tensor.data, Number);
}

function graphOf(operator: Operator, inputs: readonly (Value | undefined)[]): Graph {
  for (const input of inputs) if (input) return input.graph;
  throw new AppError('onnx.shape', `${operator.type} got no input at all.`);
}
