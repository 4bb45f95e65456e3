import type { Application, AttributeSpecs } from '../graph/operator.ts';
import { broadcastShapes, type ValueType } from '../graph/shape.ts';
import type { DataType } from '../tensor.ts';

/** The shape rule of an operator on each element: the output is like the input. */
export function inferUnary({ inputs: [x] }: Application<AttributeSpecs, 1>): readonly [ValueType] {
  return [{ type: x.type, shape: x.shape }];
}

/** The shape rule of an operator on pairs of elements: one type, shapes that broadcast. */
export function inferBinary({
  inputs,
  fail,
}: Application<AttributeSpecs, 2>): readonly [ValueType] {
  const [a, b] = inputs;
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape || a.type !== b.type) throw fail('it needs one type and shapes that broadcast');
  return [{ type: a.type, shape }];
}

/** The same for an operator whose output has its own type. */
export function inferBinaryAs(type: DataType) {
  return (node: Application<AttributeSpecs, 2>): readonly [ValueType] => {
    const [{ shape }] = inferBinary(node);
    return [{ type, shape }];
  };
}
