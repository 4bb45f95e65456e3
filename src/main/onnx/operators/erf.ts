import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** The error function. */
export const erf = (x: Value): Value => apply(Erf, [x]);

export const Erf = defineOperator({
  type: 'Erf',

  arity: 1,
  infer: inferUnary,
  // Y = erf X  =>  dX = dY (2/√π) e^(-X²)
  gradient: ({ inputs: [x], dy }) => [
    mul(dy, mul(scalar(x, 2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x))))),
  ],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
