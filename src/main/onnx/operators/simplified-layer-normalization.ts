import { defineOperator, float, int, like, random } from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { mul } from './mul.ts';
import { reduceMean } from './reduce-mean.ts';
import { sub } from './sub.ts';

/**
 * x / √(mean(x²) + ε) · scale over the last axis, one of ONNX Runtime's own, which it keeps among ONNX's. The node also
 * gives 1 / √(mean(x²) + ε), which the gradient reads again. @see Zhang and Sennrich, "Root mean square layer
 * normalization", 2019
 */
export const SimplifiedLayerNormalization = defineOperator({
  type: 'SimplifiedLayerNormalization',
  arity: 2,
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  infer({ inputs: [x], attributes }) {
    const first = toAxis('SimplifiedLayerNormalization', x, attributes.axis);
    const shape = x.shape.map((dim, axis) => (axis < first ? dim : 1));
    return [like(x), like(x, shape)];
  },
  // x̂ = x r,  y = x̂ γ,  g = dy γ  =>  dx = r (g - x̂ mean(g x̂)),  dγ = dy x̂
  gradient({ inputs: [x, scale], outputs: [, inverse], attributes, dy }) {
    const first = toAxis('SimplifiedLayerNormalization', x, attributes.axis);
    const axes = x.shape.map((_, axis) => axis).slice(first);
    const normal = mul(x, inverse!); // the shape rule gives two outputs
    const g = mul(dy, scale);
    const along = mul(normal, reduceMean(mul(g, normal), axes));
    return [mul(inverse!, sub(g, along)), mul(dy, normal)];
  },
  cases: [
    { name: 'last axis', inputs: [random([2, 3, 4]), random([4])] },
    { name: 'large epsilon', inputs: [random([3, 4]), random([4])], attributes: { epsilon: 0.1 } },
  ],
});
