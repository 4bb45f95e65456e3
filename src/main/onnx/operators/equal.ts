import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { inferBinaryAs } from './elementwise.ts';

/** a = b */
export const equal = (a: Value, b: Value): Value => apply(Equal, [a, b]);

export const Equal = defineOperator({
  type: 'Equal',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [{ name: 'broadcast', inputs: [random([2, 1, 3]), random([4, 1])] }],
});
