import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { inferBinaryAs } from './elementwise.ts';

/** a ≤ b */
export const lessOrEqual = (a: Value, b: Value): Value => apply(LessOrEqual, [a, b]);

export const LessOrEqual = defineOperator({
  type: 'LessOrEqual',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [],
});
