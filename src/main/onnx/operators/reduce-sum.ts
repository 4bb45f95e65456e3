import { apply, integers } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { inferReduction, reduceAttributes, reductionCases, spread } from './reduce.ts';

/** Σ over axes. Leave `axes` out for all of them. */
export const reduceSum = (x: Value, axes?: readonly number[], keepAxis = true): Value =>
  apply(ReduceSum, [x, axes && integers(x, axes)], { keepdims: keepAxis ? 1 : 0 });

export const ReduceSum = defineOperator({
  type: 'ReduceSum',
  arity: 1,
  attributes: reduceAttributes,
  infer: inferReduction,
  // y = Σ xᵢ  =>  dxᵢ = dy
  gradient: (node) => [spread(node, node.dy)],
  cases: reductionCases(),
});
