import { apply, integers, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { mul } from './mul.ts';
import { inferReduction, reduceAttributes, reducedAxes, reductionCases, spread } from './reduce.ts';

/** The mean over axes. Leave `axes` out for all of them. */
export const reduceMean = (x: Value, axes?: readonly number[], keepAxis = true): Value =>
  apply(ReduceMean, [x, axes && integers(x, axes)], { keepdims: keepAxis ? 1 : 0 });

export const ReduceMean = defineOperator({
  type: 'ReduceMean',
  arity: 1,
  attributes: reduceAttributes,
  infer: inferReduction,
  // y = (1/n) Σ xᵢ  =>  dxᵢ = dy / n
  gradient(node) {
    const [x] = node.inputs;
    const sizes = reducedAxes(node).map((axis) => x.shape[axis]);
    const count = sizes.reduce<number>(
      (n, size) => n * (typeof size === 'number' ? size : Number.NaN),
      1,
    );
    if (Number.isNaN(count)) throw node.fail('its gradient needs the sizes of the averaged axes');
    return [spread(node, mul(node.dy, scalar(x, 1 / count)))];
  },
  cases: reductionCases(),
});
