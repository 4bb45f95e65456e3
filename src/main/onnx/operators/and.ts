import { defineOperator, given } from '../graph/operator.ts';
import { createTensor } from '../tensor.ts';
import { inferBinaryAs } from './elementwise.ts';

/** Both, broadcast. */
export const And = defineOperator({
  type: 'And',
  arity: 2,
  infer: inferBinaryAs('bool'),
  gradient: { none: 'a truth value does not change by small steps' },
  cases: [{ name: 'broadcast', inputs: [given(flags(2)), given(flags(1))] }],
});

function flags(count: number) {
  return createTensor('bool', [count], new Uint8Array(count).fill(1));
}
