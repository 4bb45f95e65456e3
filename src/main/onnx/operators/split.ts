import { applyAll, integers, integersOf, scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import {
  type Application,
  defineOperator,
  given,
  int,
  like,
  optionalInt,
  random,
} from '../graph/operator.ts';
import { toAxis } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { concat } from './concat.ts';
import { expandLike } from './expand.ts';

/** Cuts a value along an axis into parts of the given sizes. */
export const split = (x: Value, sizes: readonly number[], axis: number): readonly Value[] =>
  applyAll(Split, [x, integers(x, sizes)], { axis });

const attributes = { axis: int(0), num_outputs: optionalInt() };

export const Split = defineOperator({
  type: 'Split',
  arity: 1,
  attributes,
  hasManyGradients: true,
  infer(node) {
    const [x] = node.inputs;
    const along = toAxis('Split', x, node.attributes.axis);
    const [first, ...rest] = sizesOf(node).map((size) => like(x, x.shape.with(along, size)));
    if (!first) throw node.fail('it needs at least one part');
    return [first, ...rest];
  },
  // [A, B] = X  =>  dX = [dA, dB], with zeros for a part that the loss does not read
  gradient: ({ outputs, dys, attributes: { axis } }) => [
    concat(
      dys.map((dy, i) => dy ?? expandLike(scalar(outputs[i]!, 0), outputs[i]!)),
      axis,
    ), // one gradient an output
  ],
  cases: [
    {
      name: 'unequal',
      inputs: [random([2, 5]), given(int64([2], [2, 3]))],
      attributes: { axis: 1 },
    },
    { name: 'equal', inputs: [random([4, 2])], attributes: { axis: 0, num_outputs: 2 } },
  ],
});

function sizesOf({
  inputs: [x, sizes],
  attributes: { axis, num_outputs: count },
  fail,
}: Application<typeof attributes, 1>) {
  const named = integersOf(sizes);
  if (named) return named;
  const whole = x.shape[toAxis('Split', x, axis)];
  if (sizes || count === undefined || typeof whole !== 'number')
    throw fail('its sizes must be constant, or their number given and the axis known');
  // ONNX 18: equal parts, a smaller last one.
  const part = Math.ceil(whole / count);
  return Array.from({ length: count }, (_, i) => Math.min(part, whole - i * part));
}
