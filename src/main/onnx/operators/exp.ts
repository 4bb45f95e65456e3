import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';

/** eˣ */
export const exp = (x: Value): Value => apply(Exp, [x]);

export const Exp = defineOperator({
  type: 'Exp',

  arity: 1,
  infer: inferUnary,
  // Y = eˣ  =>  dX = dY Y
  gradient: ({ outputs: [y], dy }) => [mul(dy, y)],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
