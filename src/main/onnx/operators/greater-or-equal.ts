import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { inferBinaryAs } from './elementwise.ts';

/** a ≥ b */
export const greaterOrEqual = (a: Value, b: Value): Value => apply(GreaterOrEqual, [a, b]);

export const GreaterOrEqual = defineOperator({
  type: 'GreaterOrEqual',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [],
});
