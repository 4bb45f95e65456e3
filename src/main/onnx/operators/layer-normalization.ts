import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, float, int, like, random } from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { mul } from './mul.ts';
import { reduceMean } from './reduce-mean.ts';
import { sub } from './sub.ts';

/**
 * (x - mean) / √(variance + ε) · scale + bias over the last axis. The node also gives mean and 1 / √(variance + ε),
 * which the gradient reads again. @see Ba, Kiros and Hinton, "Layer normalization", 2016
 */
export const layerNormalization = (x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value =>
  apply(LayerNormalization, [x, scale, bias], { epsilon });

export const LayerNormalization = defineOperator({
  type: 'LayerNormalization',
  arity: 2,
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  infer({ inputs: [x], attributes }) {
    const first = toAxis('LayerNormalization', x, attributes.axis);
    const statistics = like(
      x,
      x.shape.map((dim, axis) => (axis < first ? dim : 1)),
    );
    return [like(x), statistics, statistics];
  },
  // x̂ = (x - μ) r,  y = x̂ γ + β,  g = dy γ
  // dx = r (g - mean(g) - x̂ mean(g x̂)),  dγ = dy x̂,  dβ = dy
  gradient({ inputs: [x, scale, bias], outputs: [, mean, inverse], attributes, dy }) {
    const first = toAxis('LayerNormalization', x, attributes.axis);
    const axes = x.shape.map((_, axis) => axis).slice(first);
    const normal = mul(sub(x, mean!), inverse!); // the shape rule gives three outputs
    const g = mul(dy, scale);
    const along = mul(normal, reduceMean(mul(g, normal), axes));
    const dx = mul(inverse!, sub(sub(g, reduceMean(g, axes)), along));
    return [dx, mul(dy, normal), bias && dy];
  },
  cases: [
    { name: 'last axis', inputs: [random([2, 3, 4]), random([4]), random([4])] },
    {
      name: 'two axes',
      inputs: [random([2, 3, 2]), random([3, 2]), random([3, 2])],
      attributes: { axis: 1 },
    },
    { name: 'no bias', inputs: [random([3, 4]), random([4])], attributes: { epsilon: 0.1 } },
  ],
});
