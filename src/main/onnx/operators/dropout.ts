import { apply, integersOf, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, optionalInt, random } from '../graph/operator.ts';
import { float32 } from '../tensor.ts';
import { cast } from './cast.ts';
import { mul } from './mul.ts';

/**
 * Zeros each element with probability `ratio` and scales the rest by 1 / (1 - ratio), while training only.
 * @see Srivastava et al., "Dropout", 2014
 */
export const dropout = (x: Value, ratio: number, seed: number): Value =>
  apply(Dropout, [x, scalar(x, ratio), isTraining(x, true)], { seed });

export const Dropout = defineOperator({
  type: 'Dropout',
  arity: 1,
  attributes: { seed: optionalInt() },
  infer: ({ inputs: [x] }) => [like(x), { type: 'bool', shape: x.shape }],
  // Y = X mask / (1 - p)  =>  dX = dY mask / (1 - p), by the very mask of the forward pass
  gradient({ inputs: [, ratio, training], outputs: [, mask], dy, fail }) {
    if (!training) return [dy];
    if (!training.tensor || (ratio && !ratio.tensor)) throw fail('ratio and mode must be constant');
    if (integersOf(training)?.[0] === 0) return [dy];
    const kept = 1 - (integersOf(ratio)?.[0] ?? 0.5); // ONNX's default ratio
    return [mul(dy, mul(cast(mask!, dy.type), scalar(dy, 1 / kept)))]; // the shape rule gives a mask
  },
  cases: [
    {
      name: 'not training',
      inputs: [
        random([2, 3]),
        given(float32([], [0.5])),
        given({ type: 'bool', dims: [], data: Uint8Array.of(0) }),
      ],
    },
  ],
});

function isTraining({ graph }: Value, flag: boolean): Value {
  return graph.constant({ type: 'bool', dims: [], data: Uint8Array.of(flag ? 1 : 0) });
}
