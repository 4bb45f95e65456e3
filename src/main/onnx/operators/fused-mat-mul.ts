import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import {
  type Application,
  type AttributeSpecs,
  defineOperator,
  float,
  int,
  random,
} from '../graph/operator.ts';
import { broadcastShapes, unifyDims, type ValueType } from '../graph/shape.ts';
import { reshape } from './reshape.ts';

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

/** The shape rule of op(A) op(B): inner sizes agree, leading axes broadcast. */
export function inferProduct(
  { inputs: [a, b], fail }: Application<AttributeSpecs, 2>,
  transA: boolean,
  transB: boolean,
): readonly [ValueType] {
  const [m, k] = transA ? [a.shape.at(-1), a.shape.at(-2)] : [a.shape.at(-2), a.shape.at(-1)];
  const [l, n] = transB ? [b.shape.at(-1), b.shape.at(-2)] : [b.shape.at(-2), b.shape.at(-1)];
  if (m === undefined || k === undefined || l === undefined || n === undefined)
    throw fail('both need at least two axes');
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (unifyDims(k, l) === undefined || !batch || a.type !== b.type)
    throw fail(`the inner sizes ${k} and ${l} must agree, and so must types and leading axes`);
  return [{ type: a.type, shape: [...batch, m, n] }];
}

interface Product {
  readonly a: Value;
  readonly b: Value;
  readonly dy: Value;
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

/** The gradients of Y = α op(A) op(B), each one product again, with the transposes as flags. */
export function productGradients(product: Product): readonly [Value, Value] {
  const { b, dy, transA, transB, alpha } = product;
  // Y = α A op(B)  =>  dA = α dY op(B)ᵀ      Y = α Aᵀ op(B)  =>  dA = α op(B) dYᵀ
  const da = transA
    ? fusedMatMul(b, dy, { transA: transB, transB: true, alpha })
    : fusedMatMul(dy, b, { transB: !transB, alpha });
  return [da, gradientOfRight(product)];
}

function gradientOfRight({ a, b, dy, transA, transB, alpha }: Product): Value {
  // A weight B is shared by the batch: as one tall matrix A, the sum over the batch is inside the product.
  const isShared = b.shape.length === 2 && a.shape.length > 2 && !transA;
  const left = isShared ? reshape(a, [-1, a.shape.at(-1)!]) : a; // a product's inputs have two axes
  const out = isShared ? reshape(dy, [-1, dy.shape.at(-1)!]) : dy;
  // Y = α op(A) B  =>  dB = α op(A)ᵀ dY      Y = α op(A) Bᵀ  =>  dB = α dYᵀ op(A)
  return transB
    ? fusedMatMul(out, left, { transA: true, transB: transA, alpha })
    : fusedMatMul(left, out, { transA: !transA, alpha });
}
