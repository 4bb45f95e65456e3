import { scalar } from '../graph/apply.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { div } from './div.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';

/** √x */
export const Sqrt = defineOperator({
  type: 'Sqrt',

  arity: 1,
  infer: inferUnary,
  // Y = √X  =>  dX = dY / 2Y
  gradient: ({ outputs: [y], dy }) => [div(dy, mul(y, scalar(y, 2)))],
  cases: [{ name: 'positive', inputs: [random([2, 3], 0.5, 3)] }],
});
