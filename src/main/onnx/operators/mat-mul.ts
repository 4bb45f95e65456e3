import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferProduct, productGradients } from './fused-mat-mul.ts';

/** The matrix product over the last two axes. Shapes: [..., M, K] and [..., K, N] give [..., M, N]. */
export const matMul = (a: Value, b: Value): Value => apply(MatMul, [a, b]);

export const MatMul = defineOperator({
  type: 'MatMul',
  arity: 2,
  infer: (node) => inferProduct(node, false, false),
  gradient: ({ inputs: [a, b], dy }) =>
    productGradients({ a, b, dy, transA: false, transB: false, alpha: 1 }),
  cases: [
    { name: 'matrices', inputs: [random([2, 3]), random([3, 4])] },
    { name: 'batch by weight', inputs: [random([2, 2, 3]), random([3, 4])] },
    { name: 'batch by batch', inputs: [random([2, 2, 3]), random([2, 3, 2])] },
    { name: 'broadcast batch', inputs: [random([2, 1, 2, 3]), random([3, 3, 2])] },
  ],
});
