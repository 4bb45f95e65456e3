import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, random } from '../graph/operator.ts';
import { div } from './div.ts';
import { inferUnary } from './elementwise.ts';

/** The natural logarithm. */
export const log = (x: Value): Value => apply(Log, [x]);

export const Log = defineOperator({
  type: 'Log',

  arity: 1,
  infer: inferUnary,
  // Y = ln X  =>  dX = dY / X
  gradient: ({ inputs: [x], dy }) => [div(dy, x)],
  cases: [{ name: 'positive', inputs: [random([2, 3], 0.5, 3)] }],
});
