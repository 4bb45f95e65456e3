import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, random } from '../graph/operator.ts';
import { float32 } from '../tensor.ts';
import { inferBinary } from './elementwise.ts';
import { log } from './log.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';

/** a to the power b, broadcast. */
export const pow = (a: Value, b: Value): Value => apply(Pow, [a, b]);

export const Pow = defineOperator({
  type: 'Pow',
  arity: 2,
  infer: inferBinary,
  // Y = Aᴮ  =>  dA = dY B Aᴮ⁻¹, dB = dY Y ln A
  gradient: ({ inputs: [a, b], outputs: [y], dy }) => [
    mul(dy, mul(b, pow(a, sub(b, scalar(b, 1))))),
    mul(dy, mul(y, log(a))),
  ],
  cases: [
    { name: 'positive base', inputs: [random([2, 3], 0.5, 2), random([3])] },
    { name: 'square of any sign', inputs: [random([2, 3]), given(float32([], [2]))] },
  ],
});
