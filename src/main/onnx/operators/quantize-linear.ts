import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, random } from '../graph/operator.ts';
import { createTensor, float32 } from '../tensor.ts';

/** clip(round(x / scale) + zero) as integers of the type of `zero`; scale and zero are single numbers. */
export const quantizeLinear = (x: Value, scale: Value, zero: Value): Value =>
  apply(QuantizeLinear, [x, scale, zero]);

export const QuantizeLinear = defineOperator({
  type: 'QuantizeLinear',
  arity: 3,
  infer({ inputs: [x, scale, zero], fail }) {
    if (zero.type !== 'uint8' && zero.type !== 'int8') throw fail('the third must be of 8 bits');
    if (scale.shape.length > 0 || zero.shape.length > 0)
      throw fail('the second and the third must be single numbers');
    return [{ type: zero.type, shape: x.shape }];
  },
  gradient: { none: 'a rounded number stays where it is when x moves a little' },
  cases: [
    {
      name: 'to bytes, some out of range',
      inputs: [
        random([2, 3], -4, 4),
        given(float32([], [0.02])),
        given(createTensor('uint8', [], Uint8Array.of(128))),
      ],
    },
  ],
});
