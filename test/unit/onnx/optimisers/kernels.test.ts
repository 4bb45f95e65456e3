import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import type { Kernels } from '../../../../src/main/onnx/optimisers/kernels.ts';
import { createPlainKernels } from '../../../../src/main/onnx/optimisers/plain-kernels.ts';
import { createSimdKernels } from '../../../../src/main/onnx/optimisers/simd-kernels.ts';

const COUNT = 64;
const coefficients = {
  gradientScale: 0.7,
  beta1: 0.9,
  beta2: 0.999,
  decay: 0.99,
  stepSize: 0.013,
  inverseRoot: 3.2,
  epsilon: 1e-8,
};

/** Four arrays of random numbers, on which each kernel has run three times. */
function run(create: (sizeBytes: number) => Kernels): { bits: Uint32Array; sum: number } {
  const kernels = create(16 * COUNT);
  const rng = createRng(3);
  new Float32Array(kernels.buffer).set(
    Array.from({ length: 4 * COUNT }, (_, i) => (i < 3 * COUNT ? rng.normal() : rng.next())),
  );
  const [p, g, m, v] = [0, 4 * COUNT, 8 * COUNT, 12 * COUNT] as const;
  let sum = 0;
  for (let step = 0; step < 3; step++) {
    kernels.adamW(p, g, m, v, COUNT, coefficients);
    kernels.add(g, p, COUNT - 4);
    kernels.addScaled(g, m, -0.3, COUNT - 8);
    sum += kernels.sumOfSquares(g, COUNT);
  }
  return { bits: new Uint32Array(kernels.buffer, 0, 4 * COUNT), sum };
}

describe('the kernels', () => {
  it('give the same bits in WebAssembly as in TypeScript', () => {
    const [simd, plain] = [run(createSimdKernels), run(createPlainKernels)];
    expect(simd.bits).toEqual(plain.bits);
    expect(simd.sum).toBe(plain.sum);
    expect(new Float32Array(simd.bits.buffer, 0, COUNT).every(Number.isFinite)).toBe(true);
  });
});
