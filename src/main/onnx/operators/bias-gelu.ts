import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { add } from './add.ts';
import { inferBinary } from './elementwise.ts';
import { geluSlope } from './gelu.ts';
import { mul } from './mul.ts';

/** gelu(x + bias) in one pass over memory; the bias has one axis. */
export const biasGelu = (x: Value, bias: Value): Value => apply(BiasGelu, [x, bias]);

export const BiasGelu = defineOperator({
  type: 'BiasGelu',
  domain: 'com.microsoft',
  arity: 2,
  infer: inferBinary,
  // Y = gelu(X + b)  =>  dX = db = dY gelu'(X + b)
  gradient: ({ inputs: [x, bias], dy }) => {
    const dx = mul(dy, geluSlope(add(x, bias)));
    return [dx, dx];
  },
  cases: [{ name: 'rows', inputs: [random([2, 4, 3]), random([3])] }],
});
