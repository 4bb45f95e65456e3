import { apply, integers, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import {
  type Application,
  type AttributeSpecs,
  defineOperator,
  given,
  like,
  random,
} from '../graph/operator.ts';
import { toAxis, unknownDim } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { scatterAlong } from './gather.ts';
import { pad } from './pad.ts';

/** The elements [start, end) along an axis. */
export const slice = (x: Value, start: number, end: number, axis: number): Value =>
  apply(Slice, [x, integers(x, [start]), integers(x, [end]), integers(x, [axis])]);

export const Slice = defineOperator({
  type: 'Slice',
  arity: 3,
  infer(node) {
    const [x] = node.inputs;
    const shape = [...x.shape];
    for (const cut of cutsOf(node)) {
      const size = shape[cut.axis];
      shape[cut.axis] = typeof size === 'number' ? indicesOf(cut, size).length : unknownDim();
    }
    return [like(x, shape)];
  },
  // Y = X[start:end]  =>  dX = dY between zeros
  gradient(node) {
    const [x] = node.inputs;
    let dx = node.dy;
    for (const cut of cutsOf(node).toReversed()) {
      const size = x.shape[cut.axis];
      if (typeof size !== 'number') throw node.fail('its gradient needs the sizes of the cut axes');
      const indices = indicesOf(cut, size);
      const before = indices[0] ?? 0;
      dx =
        cut.step === 1
          ? pad(dx, cut.axis, before, size - before - indices.length)
          : scatterAlong(dx, integers(dx, indices), cut.axis, size);
    }
    return [dx];
  },
  cases: [
    { name: 'middle', inputs: [random([4, 3]), ...cut([1], [3], [0])] },
    { name: 'two axes from the end', inputs: [random([3, 4]), ...cut([-2, -3], [9, -1], [0, 1])] },
    {
      name: 'every second',
      inputs: [random([2, 5]), ...cut([0], [5], [1]), given(int64([1], [2]))],
    },
    {
      name: 'backward',
      inputs: [random([2, 3]), ...cut([-1], [-9], [1]), given(int64([1], [-1]))],
    },
  ],
});

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly axis: number;
  readonly step: number;
}

function cutsOf({ inputs, fail }: Application<AttributeSpecs, 3>): readonly Cut[] {
  const [x, ...rest] = inputs;
  const [starts, ends, axes, steps] = rest.map(integersOf);
  if (!starts || !ends || rest.some((input) => input && !input.tensor))
    throw fail('where to cut must be constant');
  return starts.map((start, i) => ({
    start,
    end: ends[i] ?? 0,
    axis: toAxis('Slice', x, axes?.[i] ?? i),
    step: steps?.[i] ?? 1,
  }));
}

/** The positions that a cut takes from an axis; ends beyond the axis are moved to its border. */
function indicesOf({ start, end, step }: Cut, size: number): readonly number[] {
  const place = (at: number) => (at < 0 ? at + size : at);
  const indices: number[] = [];
  if (step > 0) {
    const stop = Math.min(place(end), size);
    for (let i = Math.max(place(start), 0); i < stop; i += step) indices.push(i);
  } else if (step < 0) {
    const stop = Math.max(place(end), -1);
    for (let i = Math.min(place(start), size - 1); i > stop; i += step) indices.push(i);
  }
  return indices;
}

function cut(starts: number[], ends: number[], axes: number[]) {
  return [starts, ends, axes].map((numbers) => given(int64([numbers.length], numbers)));
}
