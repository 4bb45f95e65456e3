import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { greater } from './greater.ts';
import { where } from './where.ts';

/** max(x, 0) */
export const relu = (x: Value): Value => apply(Relu, [x]);

export const Relu = defineOperator({
  type: 'Relu',

  arity: 1,
  infer: inferUnary,
  // Y = max(X, 0)  =>  dX = dY where Y > 0, else 0
  gradient: ({ outputs: [y], dy }) => {
    const zero = scalar(y, 0);
    return [where(greater(y, zero), dy, zero)];
  },
  cases: [
    { name: 'positive', inputs: [random([2, 3], 0.2, 2)] },
    { name: 'negative', inputs: [random([2, 3], -2, -0.2)] },
  ],
});
