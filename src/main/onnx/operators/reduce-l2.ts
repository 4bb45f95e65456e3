import { apply, integers } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';
import { inferReduction, keepAxes, reduceAttributes, reductionCases } from './reduce.ts';

/** The Euclidean length √Σx² over axes. Leave `axes` out for all of them. */
export const reduceL2 = (x: Value, axes?: readonly number[], keepAxis = true): Value =>
  apply(ReduceL2, [x, axes && integers(x, axes)], { keepdims: keepAxis ? 1 : 0 });

export const ReduceL2 = defineOperator({
  type: 'ReduceL2',
  arity: 1,
  attributes: reduceAttributes,
  infer: inferReduction,
  // y = √Σ xᵢ²  =>  dxᵢ = dy xᵢ / y
  gradient(node) {
    const {
      inputs: [x],
      outputs: [y],
      dy,
    } = node;
    return [mul(x, keepAxes(node, div(dy, y)))];
  },
  cases: reductionCases(0.2, 2),
});
