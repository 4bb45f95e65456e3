import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';

/** -x */
export const neg = (x: Value): Value => apply(Neg, [x]);

export const Neg = defineOperator({
  type: 'Neg',

  arity: 1,
  infer: inferUnary,
  // Y = -X  =>  dX = -dY
  gradient: ({ dy }) => [neg(dy)],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
