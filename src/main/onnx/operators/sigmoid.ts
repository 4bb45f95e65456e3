import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** 1 / (1 + e⁻ˣ) */
export const sigmoid = (x: Value): Value => apply(Sigmoid, [x]);

export const Sigmoid = defineOperator({
  type: 'Sigmoid',

  arity: 1,
  infer: inferUnary,
  // Y = σ(X)  =>  dX = dY Y (1 - Y)
  gradient: ({ outputs: [y], dy }) => [mul(dy, mul(y, sub(scalar(y, 1), y)))],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
