import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, int, like, random } from '../graph/operator.ts';
import { type Dim, toAxis, unifyDims, unknownDim } from '../graph/shape.ts';
import { slice } from './slice.ts';

/** Joins values along an axis. */
export const concat = (values: readonly Value[], axis: number): Value =>
  apply(Concat, values, { axis });

export const Concat = defineOperator({
  type: 'Concat',
  arity: 1,
  attributes: { axis: int(0) },
  infer({ inputs, attributes, fail }) {
    const [first] = inputs;
    const along = toAxis('Concat', first, attributes.axis);
    let shape = first.shape;
    for (const next of inputs.slice(1)) {
      if (!next || next.type !== first.type || next.shape.length !== shape.length)
        throw fail('all need one type and one rank');
      shape = shape.map((dim, axis) => {
        const other = next.shape[axis]!; // the ranks are equal
        const joined = axis === along ? plus(dim, other) : unifyDims(dim, other);
        if (joined === undefined) throw fail(`they may differ along axis ${along} only`);
        return joined;
      });
    }
    return [like(first, shape)];
  },
  // Y = [A, B]  =>  dA, dB = the parts of dY
  gradient({ inputs, attributes, dy, fail }) {
    const axis = toAxis('Concat', dy, attributes.axis);
    let start = 0;
    return inputs.map((input) => {
      const size = input?.shape[axis];
      if (typeof size !== 'number') throw fail('its gradient needs the sizes of the joined axis');
      start += size;
      return slice(dy, start - size, start, axis);
    });
  },
  cases: [
    { name: 'columns', inputs: [random([2, 3]), random([2, 1])], attributes: { axis: -1 } },
    {
      name: 'three rows',
      inputs: [random([1, 2]), random([2, 2]), random([1, 2])],
      attributes: { axis: 0 },
    },
  ],
});

function plus(a: Dim, b: Dim): Dim {
  return typeof a === 'number' && typeof b === 'number' ? a + b : unknownDim();
}
