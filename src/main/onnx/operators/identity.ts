import { defineOperator, random } from '../graph/operator.ts';
import { inferUnary } from './elementwise.ts';

/** The same value under another name. */
export const Identity = defineOperator({
  type: 'Identity',
  arity: 1,
  infer: inferUnary,
  // Y = X  =>  dX = dY
  gradient: ({ dy }) => [dy],
  cases: [{ name: 'any', inputs: [random([2, 3])] }],
});
