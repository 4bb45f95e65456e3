import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** The hyperbolic tangent. */
export const tanh = (x: Value): Value => apply(Tanh, [x]);

export const Tanh = defineOperator({
  type: 'Tanh',

  arity: 1,
  infer: inferUnary,
  // Y = tanh X  =>  dX = dY (1 - Y²)
  gradient: ({ outputs: [y], dy }) => [mul(dy, sub(scalar(y, 1), mul(y, y)))],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
