import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given } from '../graph/operator.ts';
import { createTensor } from '../tensor.ts';
import { inferProduct } from './fused-mat-mul.ts';

/** (A - zero of A) B in 32-bit integers, exactly. Shapes: [..., M, K] of 8 bits and int8[K, N] give int32[..., M, N]. */
export const matMulInteger = (a: Value, b: Value, zeroOfA: Value): Value =>
  apply(MatMulInteger, [a, b, zeroOfA]);

export const MatMulInteger = defineOperator({
  type: 'MatMulInteger',
  arity: 2,
  infer(node) {
    const [a, b] = node.inputs;
    const alike = { ...node, inputs: [a, { ...b, type: a.type }] as const };
    return [{ type: 'int32', shape: inferProduct(alike, false, false)[0].shape }];
  },
  gradient: { none: 'integer weights cannot be trained; use the fp32 model' },
  cases: [
    {
      name: 'batch by weight',
      inputs: [
        given(
          createTensor(
            'uint8',
            [2, 2, 3],
            Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
          ),
        ),
        given(createTensor('int8', [3, 2], Int8Array.of(1, -64, 3, 64, -5, 6))),
        given(createTensor('uint8', [], Uint8Array.of(128))),
      ],
    },
  ],
});
