import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator } from '../graph/operator.ts';
import { inferBinaryAs } from './elementwise.ts';

/** Both, broadcast. */
export const and = (a: Value, b: Value): Value => apply(And, [a, b]);

export const And = defineOperator({
  type: 'And',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [],
});
