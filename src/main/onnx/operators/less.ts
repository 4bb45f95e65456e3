import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { inferBinaryAs } from './elementwise.ts';

/** a < b */
export const less = (a: Value, b: Value): Value => apply(Less, [a, b]);

export const Less = defineOperator({
  type: 'Less',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [],
});
