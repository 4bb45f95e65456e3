import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, int, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

/** x - ln Σ eˣ along an axis. */
export const logSoftmax = (x: Value, axis = -1): Value => apply(LogSoftmax, [x], { axis });

export const LogSoftmax = defineOperator({
  type: 'LogSoftmax',
  arity: 1,
  attributes: { axis: int(-1) },
  infer: inferUnary,
  // yᵢ = xᵢ - ln Σⱼ eˣʲ  =>  dxᵢ = dyᵢ - eʸⁱ Σⱼ dyⱼ
  gradient: ({ outputs: [y], attributes: { axis }, dy }) => [
    sub(dy, mul(exp(y), reduceSum(dy, [axis]))),
  ],
  cases: [
    { name: 'last axis', inputs: [random([2, 3])] },
    { name: 'first axis', inputs: [random([3, 2])], attributes: { axis: 0 } },
  ],
});
