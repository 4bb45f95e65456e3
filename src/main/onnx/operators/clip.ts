import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, random } from '../graph/operator.ts';
import { float32 } from '../tensor.ts';
import { inferUnary } from './elementwise.ts';
import { equal } from './equal.ts';
import { where } from './where.ts';

/** x moved into [low, high]. */
export const clip = (x: Value, low?: Value, high?: Value): Value => apply(Clip, [x, low, high]);

export const Clip = defineOperator({
  type: 'Clip',
  arity: 1,
  infer: inferUnary,
  // Y = min(max(X, low), high)  =>  dX = dY where Y = X, else 0
  gradient: ({ inputs: [x], outputs: [y], dy }) => [where(equal(x, y), dy, scalar(dy, 0))],
  cases: [
    {
      name: 'inside',
      inputs: [random([2, 3], 0.2, 0.8), given(float32([], [0])), given(float32([], [1]))],
    },
    { name: 'below', inputs: [random([2, 3], -2, -0.2), given(float32([], [0]))] },
  ],
});
