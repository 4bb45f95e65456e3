import type { Value } from '../graph/graph.ts';
import type { Application, AttributeSpecs } from '../graph/operator.ts';
import { broadcastShapes, unifyDims, type ValueType } from '../graph/shape.ts';
import { fusedMatMul } from './fused-mat-mul.ts';
import { reshape } from './reshape.ts';

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
