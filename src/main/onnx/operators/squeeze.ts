import { apply, integers, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, random } from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { reshapeLike } from './reshape.ts';

/** Drops axes of size 1. */
export const squeeze = (x: Value, axes: readonly number[]): Value =>
  apply(Squeeze, [x, integers(x, axes)]);

export const Squeeze = defineOperator({
  type: 'Squeeze',
  arity: 1,
  infer({ inputs: [x, axesInput], fail }) {
    const named = integersOf(axesInput);
    if (axesInput && !named) throw fail('its axes must be constant');
    const axes = named?.map((axis) => toAxis('Squeeze', x, axis));
    const dropped = axes ?? x.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : []));
    if (dropped.some((axis) => typeof x.shape[axis] === 'number' && x.shape[axis] !== 1))
      throw fail(`the axes [${dropped}] must have size 1`);
    return [
      like(
        x,
        x.shape.filter((_, axis) => !dropped.includes(axis)),
      ),
    ];
  },
  // The same elements in another shape.
  gradient: ({ inputs: [x], dy }) => [reshapeLike(dy, x)],
  cases: [
    { name: 'one axis', inputs: [random([2, 1, 3]), given(int64([1], [1]))] },
    { name: 'all axes of size 1', inputs: [random([1, 2, 1])] },
  ],
});
