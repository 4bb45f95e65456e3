import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferBinary } from './elementwise.ts';
import { neg } from './neg.ts';

/** a - b, broadcast. */
export const sub = (a: Value, b: Value): Value => apply(Sub, [a, b]);

export const Sub = defineOperator({
  type: 'Sub',
  arity: 2,
  infer: inferBinary,
  // Y = A - B  =>  dA = dY, dB = -dY
  gradient: ({ dy }) => [dy, neg(dy)],
  cases: [
    { name: 'same shape', inputs: [random([2, 3]), random([2, 3])] },
    { name: 'row broadcast', inputs: [random([2, 3]), random([3])] },
    { name: 'both broadcast', inputs: [random([2, 1, 3]), random([4, 1])] },
  ],
});
