import { apply, integers, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, random } from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { reshapeLike } from './reshape.ts';

/** Inserts axes of size 1 so that they stand at these places of the result. */
export const unsqueeze = (x: Value, axes: readonly number[]): Value =>
  apply(Unsqueeze, [x, integers(x, axes)]);

export const Unsqueeze = defineOperator({
  type: 'Unsqueeze',
  arity: 2,
  infer({ inputs: [x, axesInput], fail }) {
    const named = integersOf(axesInput);
    if (!named) throw fail('its axes must be constant');
    const rank = x.shape.length + named.length;
    const axes = new Set(named.map((axis) => toAxis('Unsqueeze', x, axis, rank)));
    if (axes.size !== named.length) throw fail(`the axes [${named}] repeat`);
    const kept = x.shape.values();
    // Each place that is not new takes the next axis of x, and there are as many of these as x has axes.
    return [
      like(
        x,
        Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : kept.next().value!)),
      ),
    ];
  },
  // The same elements in another shape.
  gradient: ({ inputs: [x], dy }) => [reshapeLike(dy, x)],
  cases: [{ name: 'first and last', inputs: [random([2, 3]), given(int64([2], [0, -1]))] }],
});
