import { apply, integers } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { isStatic } from '../graph/shape.ts';

/** The shape of a value as int64[rank]: a constant where it is known, computed at the run where not. */
export const shapeOf = (x: Value): Value =>
  isStatic(x.shape) ? integers(x, x.shape) : apply(ShapeOf, [x]);

/** ONNX's `Shape`. */
export const ShapeOf = defineOperator({
  type: 'Shape',
  arity: 1,
  infer: ({ inputs: [x] }) => [{ type: 'int64', shape: [x.shape.length] }],
  gradient: { none: 'a shape does not depend on the elements' },
  cases: [{ name: 'a cube', inputs: [random([2, 3, 4])] }],
});
