import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, int, like, random } from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { fusedMatMul } from './fused-mat-mul.ts';
import { oneHot } from './one-hot.ts';
import { reshape, reshapeLike } from './reshape.ts';
import { transpose } from './transpose.ts';

/** The slices of x at integer positions of an axis; the axis is replaced by those of `indices`. */
export const gather = (x: Value, indices: Value, axis = 0): Value =>
  apply(Gather, [x, indices], { axis });

export const Gather = defineOperator({
  type: 'Gather',
  arity: 2,
  attributes: { axis: int(0) },
  infer({ inputs: [x, indices], attributes, fail }) {
    if (indices.type !== 'int64' && indices.type !== 'int32')
      throw fail('the second must be integers');
    const axis = toAxis('Gather', x, attributes.axis);
    return [like(x, x.shape.toSpliced(axis, 1, ...indices.shape))];
  },
  // Y = X[indices]  =>  dX = Σ over the places where a slice was taken
  gradient({ inputs: [x, indices], attributes, dy, fail }) {
    const axis = toAxis('Gather', x, attributes.axis);
    const size = x.shape[axis];
    if (typeof size !== 'number') throw fail('its gradient needs the size of the axis');
    const flat = dy.shape.toSpliced(axis, indices.shape.length, -1);
    return [reshapeLike(scatterAlong(reshape(dy, flat), reshape(indices, [-1]), axis, size), x)];
  },
  cases: [
    { name: 'rows, one twice', inputs: [random([4, 3]), given(int64([2, 2], [1, 3, 1, 0]))] },
    {
      name: 'one of an axis',
      inputs: [random([2, 3, 4]), given(int64([], [-2]))],
      attributes: { axis: 1 },
    },
  ],
});

/**
 * dX = Eᵀ dY along an axis, where row i of E is one at column indices[i]: a product instead of a scatter, because
 * ONNX Runtime's scatter with addition races with itself on repeated indices. For tables of thousands of rows
 * gather outside the graph and use the row-sparse optimiser.
 */
export function scatterAlong(dy: Value, indices: Value, axis: number, size: number): Value {
  const toFront = [axis, ...dy.shape.map((_, i) => i).filter((i) => i !== axis)];
  const front = axis === 0 ? dy : transpose(dy, toFront);
  const rows = reshape(front, [-1, rowSize(front.shape)]);
  const summed = fusedMatMul(oneHot(indices, size, dy.type), rows, { transA: true });
  const shaped = reshape(summed, [size, ...front.shape.slice(1)]);
  return axis === 0
    ? shaped
    : transpose(
        shaped,
        toFront.map((_, i) => toFront.indexOf(i)),
      );
}

function rowSize(shape: Value['shape']): number {
  return shape
    .slice(1)
    .reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : Number.NaN), 1);
}
