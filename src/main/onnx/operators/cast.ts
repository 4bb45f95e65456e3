import { AppError } from '../../../shared/errors.ts';
import { apply } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { defineOperator, int, random } from '../graph/operator.ts';
import { type DataType, dataTypeOfCode, dataTypes } from '../tensor.ts';

/** Converts the elements to another type. */
export const cast = (x: Value, to: DataType): Value =>
  x.type === to ? x : apply(Cast, [x], { to: dataTypes[to].code });

export const Cast = defineOperator({
  type: 'Cast',
  arity: 1,
  attributes: { to: int(0) },
  infer({ inputs: [x], attributes }) {
    if (attributes.to === 0)
      throw new AppError('onnx.malformed', 'A Cast does not say to which type.');
    return [{ type: dataTypeOfCode(attributes.to), shape: x.shape }];
  },
  // Y = X in another precision  =>  dX = dY in the first one; integers have no gradient
  gradient: ({ inputs: [x], dy }) => [isFloat(x) && isFloat(dy) ? cast(dy, x.type) : undefined],
  cases: [
    { name: 'to double', inputs: [random([2, 3])], attributes: { to: dataTypes.float64.code } },
  ],
});

function isFloat({ type }: Value): boolean {
  return type === 'float32' || type === 'float64';
}
