import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferBinary } from './elementwise.ts';

/** a b element by element, broadcast. */
export const mul = (a: Value, b: Value): Value => apply(Mul, [a, b]);

export const Mul = defineOperator({
  type: 'Mul',
  arity: 2,
  infer: inferBinary,
  // Y = A B  =>  dA = dY B, dB = dY A
  gradient: ({ inputs: [a, b], dy }) => [mul(dy, b), mul(dy, a)],
  cases: [
    { name: 'same shape', inputs: [random([2, 3]), random([2, 3])] },
    { name: 'row broadcast', inputs: [random([2, 3]), random([3])] },
    { name: 'both broadcast', inputs: [random([2, 1, 3]), random([4, 1])] },
  ],
});
