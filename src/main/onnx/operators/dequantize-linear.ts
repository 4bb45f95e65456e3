import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, int } from '../graph/operator.ts';
import { createTensor, float32 } from '../tensor.ts';

/** (x - zero) · scale: integer weights back as numbers; scale and zero hold one entry a slice of `axis`, or one in all. */
export const dequantizeLinear = (x: Value, scale: Value, zero?: Value, axis = 1): Value =>
  apply(DequantizeLinear, [x, scale, zero], { axis });

export const DequantizeLinear = defineOperator({
  type: 'DequantizeLinear',
  arity: 2,
  attributes: { axis: int(1) },
  infer: ({ inputs: [x, scale] }) => [{ type: scale.type, shape: x.shape }],
  gradient: { none: 'integer weights cannot be trained; use the fp32 model' },
  cases: [
    {
      name: 'a scale for each row',
      inputs: [
        given(createTensor('int8', [2, 2], Int8Array.of(1, -2, 3, 4))),
        given(float32([2], [0.5, 2])),
        given(createTensor('int8', [2], Int8Array.of(0, 1))),
      ],
      attributes: { axis: 0 },
    },
  ],
});
