import { scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { add } from '../operators/add.ts';
import { div } from '../operators/div.ts';
import { mul } from '../operators/mul.ts';
import { reduceSum } from '../operators/reduce-sum.ts';

/** Keeps a batch of nothing but padding at a loss of zero. */
const TINY = 1e-12;

/** Σ wᵢ lᵢ / Σ wᵢ nᵢ, one number: the mean of `losses` where each stands for `mass` n of examples. */
export function weightedMean(losses: Value, mass: Value, weights?: Value): Value {
  const weigh = (x: Value) => reduceSum(weights ? mul(x, weights) : x, undefined, false);
  return div(weigh(losses), add(weigh(mass), scalar(mass, TINY)));
}
