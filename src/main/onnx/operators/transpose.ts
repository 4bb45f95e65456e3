import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, ints, like, random } from '../graph/operator.ts';
import type { Shape } from '../graph/shape.ts';

/** Reorders the axes: axis i of the result is axis `order[i]` of x. */
export const transpose = (x: Value, order: readonly number[]): Value =>
  apply(Transpose, [x], { perm: order });

export const Transpose = defineOperator({
  type: 'Transpose',
  arity: 1,
  attributes: { perm: ints() },
  infer({ inputs: [x], attributes, fail }) {
    const order = orderOf(attributes.perm, x.shape);
    const isOrder = order.toSorted((a, b) => a - b).every((axis, i) => axis === i);
    if (order.length !== x.shape.length || !isOrder)
      throw fail(`[${order}] is not an order of its axes`);
    return [
      like(
        x,
        order.map((axis) => x.shape[axis]!),
      ),
    ]; // checked to be an axis
  },
  // Y = X with axes in order p  =>  dX = dY with axes in the inverse order
  gradient({ inputs: [x], attributes, dy }) {
    const order = orderOf(attributes.perm, x.shape);
    return [
      transpose(
        dy,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ];
  },
  cases: [
    { name: 'reversed', inputs: [random([2, 3])] },
    { name: 'rotated', inputs: [random([2, 3, 4])], attributes: { perm: [1, 2, 0] } },
  ],
});

/** ONNX's default is all axes in reverse. */
function orderOf(order: readonly number[] | undefined, shape: Shape): readonly number[] {
  return order ?? shape.map((_, axis) => shape.length - 1 - axis);
}
