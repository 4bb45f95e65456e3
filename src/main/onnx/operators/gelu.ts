import { scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { add } from './add.ts';
import { inferUnary } from './elementwise.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';

/** x Φ(x), Φ being the normal distribution. @see Hendrycks and Gimpel, "Gaussian error linear units", 2016 */
export const Gelu = defineOperator({
  type: 'Gelu',
  domain: 'com.microsoft',
  arity: 1,
  infer: inferUnary,
  // Y = X Φ(X)  =>  dX = dY Y'(X)
  gradient: ({ inputs: [x], dy }) => [mul(dy, geluSlope(x))],
  cases: [{ name: 'any sign', inputs: [random([2, 3])] }],
});

/** The derivative of x Φ(x), which is Φ(x) + x φ(x). */
export function geluSlope(x: Value): Value {
  // Φ(x) = ½ + ½ erf(x / √2)
  const half = scalar(x, 0.5);
  const distribution = add(half, mul(half, erf(mul(x, scalar(x, Math.SQRT1_2)))));
  // φ(x) = e^(-x²/2) / √2π
  const density = mul(exp(mul(mul(x, x), scalar(x, -0.5))), scalar(x, 1 / Math.sqrt(2 * Math.PI)));
  return add(distribution, mul(x, density));
}
