import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferBinary } from './elementwise.ts';

/** a + b, broadcast. */
export const add = (a: Value, b: Value): Value => apply(Add, [a, b]);

export const Add = defineOperator({
  type: 'Add',
  arity: 2,
  infer: inferBinary,
  // Y = A + B  =>  dA = dY, dB = dY
  gradient: ({ dy }) => [dy, dy],
  cases: [
    { name: 'same shape', inputs: [random([2, 3]), random([2, 3])] },
    { name: 'row broadcast', inputs: [random([2, 3]), random([3])] },
    { name: 'both broadcast', inputs: [random([2, 1, 3]), random([4, 1])] },
  ],
});
