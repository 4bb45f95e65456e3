import { defineOperator } from '../graph/operator.ts';
import { cast } from './cast.ts';
import { div } from './div.ts';
import { equal } from './equal.ts';
import { mul } from './mul.ts';
import {
  inferReduction,
  keepAxes,
  reduceAttributes,
  reducedAxes,
  reductionCases,
} from './reduce.ts';
import { reduceSum } from './reduce-sum.ts';

/** The largest over axes. */
export const ReduceMax = defineOperator({
  type: 'ReduceMax',
  arity: 1,
  attributes: reduceAttributes,
  infer: inferReduction,
  // y = max xᵢ  =>  dxᵢ = dy / ties where xᵢ = y, else 0
  gradient(node) {
    const {
      inputs: [x],
      outputs: [y],
      dy,
    } = node;
    const isLargest = cast(equal(x, keepAxes(node, y)), x.type);
    const ties = reduceSum(isLargest, reducedAxes(node));
    return [mul(isLargest, div(keepAxes(node, dy), ties))];
  },
  cases: reductionCases(),
});
