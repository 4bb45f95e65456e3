import { expect, it } from 'vitest';
import { float32 } from '../../../../src/main/onnx/tensor.ts';
import {
  learnShapes,
  ruleBatches,
} from '../../../../src/main/train/backbones/decoder/known-shapes.ts';

const shaped = (...dims: readonly number[]) =>
  float32(dims, new Float32Array(dims.reduce((size, dim) => size * dim, 1)));

it('sizes follow from the batch where they can, and are left out where not', () => {
  const runs = ruleBatches.map(({ batch: b, length: l }) => ({
    plain: shaped(b, l, 16),
    flat: shaped(b * l, 4),
    heads: shaped(3 * b, 2, l, 2 * l),
    squared: shaped(b, l * l),
    odd: shaped(l + 1),
    scalar: shaped(),
  }));
  const rules = learnShapes(runs);
  expect([...rules.keys()]).toEqual(['plain', 'flat', 'heads', 'scalar']);
  const of = (name: string) => rules.get(name)!(8, 100);
  expect([of('plain'), of('flat'), of('heads'), of('scalar')]).toEqual([
    [8, 100, 16],
    [800, 4],
    [24, 2, 100, 200],
    [],
  ]);
});
