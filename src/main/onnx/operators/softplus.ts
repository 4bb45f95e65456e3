import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';
import { sigmoid } from './sigmoid.ts';

/** ln(1 + eˣ) */
export const softplus = (x: Value): Value => apply(Softplus, [x]);

export const Softplus = defineOperator({
  type: 'Softplus',

  arity: 1,
  infer: inferUnary,
  // Y = ln(1 + eˣ)  =>  dX = dY σ(X)
  gradient: ({ inputs: [x], dy }) => [mul(dy, sigmoid(x))],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});
