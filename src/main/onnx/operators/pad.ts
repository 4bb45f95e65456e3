import { apply, integers, integersOf, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, like, random, string } from '../graph/operator.ts';
import { float32, int64 } from '../tensor.ts';
import { slice } from './slice.ts';

/** Zeros before and after the elements of an axis. */
export const pad = (x: Value, axis: number, before: number, after: number): Value => {
  const rank = x.shape.length;
  const widths = new Array<number>(2 * rank)
    .fill(0)
    .with(axis, before)
    .with(rank + axis, after);
  return before === 0 && after === 0 ? x : apply(Pad, [x, integers(x, widths), scalar(x, 0)]);
};

export const Pad = defineOperator({
  type: 'Pad',
  arity: 2,
  attributes: { mode: string('constant') },
  infer({ inputs: [x, widthsInput, , axes], attributes, fail }) {
    const widths = integersOf(widthsInput);
    const rank = x.shape.length;
    if (widths?.length !== 2 * rank || axes || attributes.mode !== 'constant')
      throw fail('it pads with a constant, by constant widths for every axis');
    return [
      like(
        x,
        x.shape.map((dim, axis) => plus(dim, widths[axis]! + widths[rank + axis]!)),
      ), // 2 · rank widths
    ];
  },
  // Y = X between constants  =>  dX = the part of dY where X was
  gradient({ inputs: [x, widthsInput], dy }) {
    const widths = integersOf(widthsInput) ?? [];
    let dx = dy;
    for (const [axis, size] of x.shape.entries()) {
      const before = widths[axis] ?? 0;
      const isPadded = before !== 0 || widths[x.shape.length + axis] !== 0;
      if (isPadded && typeof size === 'number') dx = slice(dx, before, before + size, axis);
    }
    return [dx];
  },
  cases: [
    {
      name: 'both sides',
      inputs: [random([2, 3]), given(int64([4], [1, 0, 0, 2])), given(float32([], [0.5]))],
    },
  ],
});

function plus(dim: number | string, width: number): number | string {
  return typeof dim === 'number' ? dim + width : width === 0 ? dim : `${dim}+${width}`;
}
