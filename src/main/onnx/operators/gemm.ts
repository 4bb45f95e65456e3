import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, float, int, random } from '../graph/operator.ts';
import { broadcastShapes, isSameShape } from '../graph/shape.ts';
import { inferProduct, productGradients } from './fused-mat-mul.ts';
import { mul } from './mul.ts';

/** A B + c on matrices: a dense layer. Shapes: [B, K], [K, N], [N] give [B, N]. */
export const gemm = (a: Value, b: Value, c?: Value): Value => apply(Gemm, [a, b, c]);

export const Gemm = defineOperator({
  type: 'Gemm',
  arity: 2,
  attributes: { alpha: float(1), beta: float(1), transA: int(0), transB: int(0) },
  infer(node) {
    const { inputs, attributes, fail } = node;
    const [a, b, c] = inputs;
    if (a.shape.length !== 2 || b.shape.length !== 2) throw fail('it multiplies matrices only');
    const [y] = inferProduct(
      { ...node, inputs: [a, b] },
      attributes.transA === 1,
      attributes.transB === 1,
    );
    const sum = c ? broadcastShapes(y.shape, c.shape) : y.shape;
    if (!sum || !isSameShape(sum, y.shape)) throw fail('the third must broadcast to the product');
    return [y];
  },
  // Y = α op(A) op(B) + β C  =>  dC = β dY
  gradient({ inputs: [a, b, c], attributes: { alpha, beta, transA, transB }, dy }) {
    const [da, db] = productGradients({
      a,
      b,
      dy,
      alpha,
      transA: transA === 1,
      transB: transB === 1,
    });
    return [da, db, c && (beta === 1 ? dy : mul(dy, scalar(dy, beta)))];
  },
  cases: [
    { name: 'dense layer', inputs: [random([2, 3]), random([3, 4]), random([4])] },
    { name: 'no bias', inputs: [random([2, 3]), random([3, 4])] },
    ...[0, 1, 2, 3].map((flags) => ({
      name: `scaled, flags ${flags}`,
      inputs: [
        flags & 1 ? random([3, 2]) : random([2, 3]),
        flags & 2 ? random([4, 3]) : random([3, 4]),
        random([2, 1]),
      ],
      attributes: { alpha: 0.5, beta: 2, transA: flags & 1, transB: flags >> 1 },
    })),
  ],
});
