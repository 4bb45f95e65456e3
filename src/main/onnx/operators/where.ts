import { apply, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, random } from '../graph/operator.ts';
import { broadcastShapes } from '../graph/shape.ts';

/** a where the condition holds and b elsewhere, broadcast. */
export const where = (condition: Value, a: Value, b: Value): Value =>
  apply(Where, [condition, a, b]);

export const Where = defineOperator({
  type: 'Where',
  arity: 3,
  infer({ inputs: [condition, a, b], fail }) {
    const pair = broadcastShapes(a.shape, b.shape);
    const shape = pair && broadcastShapes(condition.shape, pair);
    if (!shape || condition.type !== 'bool' || a.type !== b.type)
      throw fail('it needs a bool, two of one type, and shapes that broadcast');
    return [like(a, shape)];
  },
  // Y = C ? A : B  =>  dA = C ? dY : 0, dB = C ? 0 : dY
  gradient({ inputs: [condition], dy }) {
    const zero = scalar(dy, 0);
    return [undefined, where(condition, dy, zero), where(condition, zero, dy)];
  },
  cases: [
    {
      name: 'broadcast',
      inputs: [
        given({ type: 'bool', dims: [2, 1], data: Uint8Array.of(1, 0) }),
        random([3]),
        random([2, 3]),
      ],
    },
  ],
});
