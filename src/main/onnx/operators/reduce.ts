import { integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { type Application, given, int, type OperatorCase, random } from '../graph/operator.ts';
import { toAxis, type ValueType } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { expandLike } from './expand.ts';
import { reshape } from './reshape.ts';
import { unsqueeze } from './unsqueeze.ts';

/** The attributes of every reduction; its axes are the second input. */
export const reduceAttributes = { keepdims: int(1), noop_with_empty_axes: int(0) };
type Reduction = Application<typeof reduceAttributes, 1>;

/** The axes that a reduction folds, counted from the front; all of them when it names none. */
export function reducedAxes({ inputs: [x, axes], attributes, fail }: Reduction): readonly number[] {
  const named = integersOf(axes) ?? [];
  if (axes && !axes.tensor) throw fail('its axes must be constant');
  if (named.length === 0)
    return attributes.noop_with_empty_axes === 1 ? [] : x.shape.map((_, i) => i);
  return named.map((axis) => toAxis('A reduction', x, axis));
}

/** The shape rule of every reduction: folded axes become 1 or vanish. */
export function inferReduction(node: Reduction): readonly [ValueType] {
  const [x] = node.inputs;
  const axes = reducedAxes(node);
  const shape =
    node.attributes.keepdims === 1
      ? x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
      : x.shape.filter((_, axis) => !axes.includes(axis));
  return [{ type: x.type, shape }];
}

/** A reduced value (the result or its gradient) with its folded axes back as size 1, ready to broadcast against x. */
export function keepAxes(node: Reduction, reduced: Value): Value {
  if (node.attributes.keepdims === 1) return reduced;
  const axes = reducedAxes(node);
  const [x] = node.inputs;
  if (axes.length === 0) return reduced;
  return axes.length === x.shape.length
    ? reshape(
        reduced,
        x.shape.map(() => 1),
      )
    : unsqueeze(reduced, axes);
}

/** A reduced value repeated over the axes that were folded. */
export function spread(node: Reduction, reduced: Value): Value {
  return expandLike(keepAxes(node, reduced), node.inputs[0]);
}

/** Test cases that every reduction shares. */
export function reductionCases(low = -2, high = 2): readonly OperatorCase[] {
  const axes = given(int64([2], [0, -1]));
  return [
    { name: 'last axis', inputs: [random([2, 3], low, high), given(int64([1], [-1]))] },
    { name: 'two axes', inputs: [random([2, 3, 2], low, high), axes] },
    {
      name: 'axes dropped',
      inputs: [random([2, 3, 2], low, high), axes],
      attributes: { keepdims: 0 },
    },
    { name: 'everything', inputs: [random([2, 3], low, high)], attributes: { keepdims: 0 } },
  ];
}
