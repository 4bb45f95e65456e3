import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, int, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';
import { mul } from './mul.ts';
import { reduceSum } from './reduce-sum.ts';
import { sub } from './sub.ts';

/** eˣ / Σ eˣ along an axis. A row of nothing but -Infinity gives NaN: mask with -1e4. */
export const softmax = (x: Value, axis = -1): Value => apply(Softmax, [x], { axis });

export const Softmax = defineOperator({
  type: 'Softmax',
  arity: 1,
  attributes: { axis: int(-1) },
  infer: inferUnary,
  // yᵢ = eˣⁱ / Σⱼ eˣʲ  =>  dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ)
  gradient({ outputs: [y], attributes: { axis }, dy }) {
    const weighted = mul(dy, y);
    return [sub(weighted, mul(y, reduceSum(weighted, [axis])))];
  },
  cases: [
    { name: 'last axis', inputs: [random([2, 3])] },
    { name: 'middle axis', inputs: [random([2, 3, 2])], attributes: { axis: 1 } },
  ],
});
