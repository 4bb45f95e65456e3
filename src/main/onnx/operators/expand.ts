import { apply, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, random } from '../graph/operator.ts';
import { broadcastShapes, isStatic, unknownDim } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { shapeOf } from './shape-of.ts';

/** x broadcast to the shape of another value. */
export const expandLike = (x: Value, other: Value): Value => apply(Expand, [x, shapeOf(other)], {});

export const Expand = defineOperator({
  type: 'Expand',
  arity: 2,
  infer({ inputs: [x, target], fail }) {
    const rank = target.shape[0];
    if (!isStatic(target.shape) || typeof rank !== 'number') throw fail('the rank must be known');
    const wanted = integersOf(target) ?? Array.from({ length: rank }, unknownDim);
    const shape = broadcastShapes(x.shape, wanted);
    if (!shape) throw fail(`it does not broadcast to [${wanted.join(', ')}]`);
    return [like(x, shape)];
  },
  // Y = X broadcast  =>  dX = dY with the broadcasting undone, which `differentiate` does for every operator
  gradient: ({ dy }) => [dy],
  cases: [
    { name: 'new and stretched axes', inputs: [random([3, 1]), given(int64([3], [2, 3, 4]))] },
  ],
});
