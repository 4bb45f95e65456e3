import { apply, integers } from '../../onnx/graph/apply.ts';
import type { Value } from '../../onnx/graph/graph.ts';
import { defineOperator, like } from '../../onnx/graph/operator.ts';
import { shapeOf } from '../../onnx/operators/shape-of.ts';
import { slice } from '../../onnx/operators/slice.ts';

/** ONNX's `Slice` with bounds that only the run tells. */
const SliceAtRun = defineOperator({
  type: 'Slice',
  arity: 4,
  // Axis 0 alone, cut to the size that another value has.
  infer: ({ inputs: [table] }) => [like(table, ['L', ...table.shape.slice(1)])],
  gradient: { none: 'a table of positions is constant' },
  cases: [],
});

/** As many rows of a constant table as `other` has along its second axis. Shapes: [P, E], [B, L, ...] -> [L, E]. */
export function firstRows(table: Value, other: Value): Value {
  const length = other.shape[1];
  if (typeof length === 'number') return slice(table, 0, length, 0);
  const end = slice(shapeOf(other), 1, 2, 0);
  const zero = integers(table, [0]);
  return apply(SliceAtRun, [table, zero, end, zero]);
}
