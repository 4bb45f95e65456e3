import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferBinary } from './elementwise.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';

/** a / b, broadcast. */
export const div = (a: Value, b: Value): Value => apply(Div, [a, b]);

export const Div = defineOperator({
  type: 'Div',
  arity: 2,
  infer: inferBinary,
  // Y = A / B  =>  dA = dY / B, dB = -dY Y / B
  gradient: ({ inputs: [, b], outputs: [y], dy }) => {
    const da = div(dy, b);
    return [da, neg(mul(da, y))];
  },
  cases: [
    { name: 'same shape', inputs: [random([2, 3]), random([2, 3], 0.5, 2)] },
    { name: 'row broadcast', inputs: [random([2, 3]), random([3], 0.5, 2)] },
    { name: 'both broadcast', inputs: [random([2, 1, 3]), random([4, 1], -2, -0.5)] },
  ],
});
