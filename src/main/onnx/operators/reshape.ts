import { apply, integers, integersOf } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, given, int, like, random } from '../graph/operator.ts';
import { type Dim, isStatic, type Shape, unknownDim } from '../graph/shape.ts';
import { int64 } from '../tensor.ts';
import { shapeOf } from './shape-of.ts';

/** Reads the same elements in another shape. One size may be -1 (whatever is left); 0 keeps the size of that axis. */
export const reshape = (x: Value, shape: Shape | Value): Value =>
  apply(Reshape, [x, 'name' in shape ? shape : integers(x, toNumbers(shape))]);

/** x in the shape of another value, which may be known only at the run. */
export const reshapeLike = (x: Value, other: Value): Value => apply(Reshape, [x, shapeOf(other)]);

export const Reshape = defineOperator({
  type: 'Reshape',
  arity: 2,
  attributes: { allowzero: int(0) },
  infer({ inputs: [x, target], attributes, fail }) {
    const wanted = integersOf(target);
    if (attributes.allowzero !== 0) throw fail('empty axes (allowzero) are not supported');
    if (!wanted) return [like(x, Array.from({ length: rankOf(target.shape) }, unknownDim))];
    const shape = wanted.map((size, axis) => (size === 0 ? (x.shape[axis] ?? 0) : size));
    const rest = shape.indexOf(-1);
    if (rest >= 0) {
      const left = divide(x.shape, shape.toSpliced(rest, 1));
      if (left === undefined || shape.lastIndexOf(-1) !== rest)
        throw fail(`its elements do not fill [${wanted.join(', ')}]`);
      return [like(x, shape.with(rest, left))];
    }
    if (divide(x.shape, shape) === undefined)
      throw fail(`its elements do not fill [${wanted.join(', ')}]`);
    return [like(x, shape)];
  },
  // Y = X in another shape  =>  dX = dY in the shape of X
  gradient: ({ inputs: [x], dy }) => [reshapeLike(dy, x)],
  cases: [
    { name: 'to a matrix', inputs: [random([2, 3, 4]), given(int64([2], [6, 4]))] },
    { name: 'kept and inferred axes', inputs: [random([2, 3, 4]), given(int64([2], [0, -1]))] },
  ],
});

/** One axis whose size the run will tell becomes "whatever is left". */
function toNumbers(shape: Shape): number[] {
  return shape.map((dim) => (typeof dim === 'number' ? dim : -1));
}

function rankOf(shape: Shape): number {
  return typeof shape[0] === 'number' ? shape[0] : 0;
}

/** The size that is left when `whole` is divided into `parts`; undefined when it does not come out even. */
function divide(whole: Shape, parts: Shape): Dim | undefined {
  const names = whole.filter((dim) => typeof dim === 'string');
  for (const part of parts) {
    const i = names.indexOf(String(part));
    if (typeof part === 'string' && i >= 0) names.splice(i, 1);
  }
  const isKnown =
    names.length === 0 && parts.every((part) => typeof part === 'number' || whole.includes(part));
  const left = product(whole) / product(parts);
  if (isKnown && isStatic(whole)) return Number.isInteger(left) ? left : undefined;
  if (names.length === 1 && left === 1) return names[0];
  return isKnown && Number.isInteger(left) ? left : unknownDim();
}

function product(shape: Shape): number {
  return shape.reduce<number>((size, dim) => (typeof dim === 'number' ? size * dim : size), 1);
}
