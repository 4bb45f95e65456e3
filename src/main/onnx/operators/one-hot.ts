import { apply, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, int, random } from '../graph/operator.ts';
import { unknownDim } from '../graph/shape.ts';
import { type DataType, int64 } from '../tensor.ts';
import { cast } from './cast.ts';

/** Rows of zeros with a one at each index. Shapes: [N] gives [N, size]. A negative index counts from the end. */
export const oneHot = (indices: Value, size: number, type: DataType): Value => {
  const { graph } = indices;
  const values = cast(
    graph.constant({ type: 'float32', dims: [2], data: Float32Array.of(0, 1) }),
    type,
  );
  return apply(OneHot, [indices, graph.constant(int64([], [size])), values]);
};

export const OneHot = defineOperator({
  type: 'OneHot',
  arity: 3,
  attributes: { axis: int(-1) },
  infer({ inputs: [indices, depth, values], attributes, fail }) {
    if (attributes.axis !== -1) throw fail('only a new last axis is supported');
    return [
      { type: values.type, shape: [...indices.shape, integersOf(depth)?.[0] ?? unknownDim()] },
    ];
  },
  gradient: { none: 'indices are integers' },
  cases: [
    {
      name: 'from the end too',
      inputs: [given(int64([3], [0, 2, -1])), given(int64([], [3])), random([2])],
    },
  ],
});
