import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, float, int, random } from '../graph/operator.ts';
import { inferProduct, productGradients } from './matrix-product.ts';

/** α op(A) op(B), where op may swap the last two axes: a product with transposes that costs no copy. */
export const fusedMatMul = (
  a: Value,
  b: Value,
  attributes: {
    readonly transA?: boolean;
    readonly transB?: boolean;
    readonly alpha?: number;
  } = {},
): Value =>
  apply(FusedMatMul, [a, b], {
    transA: attributes.transA ? 1 : 0,
    transB: attributes.transB ? 1 : 0,
    alpha: attributes.alpha ?? 1,
  });

export const FusedMatMul = defineOperator({
  type: 'FusedMatMul',
  domain: 'com.microsoft',
  arity: 2,
  attributes: { transA: int(0), transB: int(0), alpha: float(1) },
  infer: (node) => inferProduct(node, node.attributes.transA === 1, node.attributes.transB === 1),
  gradient: ({ inputs: [a, b], attributes: { transA, transB, alpha }, dy }) =>
    productGradients({ a, b, dy, transA: transA === 1, transB: transB === 1, alpha }),
  cases: [
    { name: 'plain', inputs: [random([2, 3]), random([3, 4])], attributes: { alpha: 0.5 } },
    {
      name: 'A transposed',
      inputs: [random([2, 3, 2]), random([2, 3, 4])],
      attributes: { transA: 1 },
    },
    {
      name: 'B transposed',
      inputs: [random([2, 2, 3]), random([4, 3])],
      attributes: { transB: 1 },
    },
    {
      name: 'both transposed',
      inputs: [random([2, 3, 2]), random([2, 4, 3])],
      attributes: { transA: 1, transB: 1, alpha: 2 },
    },
    {
      name: 'A transposed by weight',
      inputs: [random([2, 3, 2]), random([3, 4])],
      attributes: { transA: 1 },
    },
  ],
});
