import type { Kernels } from './kernels.ts';

const { fround } = Math;

/**
 * The kernels in plain TypeScript, rounding each operation to float32 as the SIMD ones do: the fallback where
 * WebAssembly is not allowed, and the oracle that the fast ones are compared with, bit for bit.
 */
export function createPlainKernels(sizeBytes: number): Kernels {
  const buffer = new ArrayBuffer(sizeBytes);
  const x32 = new Float32Array(buffer);

  return {
    buffer,
    adamW(pAt, gAt, mAt, vAt, count, by) {
      const [scale, beta1, beta2] = [fround(by.gradientScale), fround(by.beta1), fround(by.beta2)];
      const [rest1, rest2] = [fround(1 - by.beta1), fround(1 - by.beta2)];
      const [decay, stepSize] = [fround(by.decay), fround(by.stepSize)];
      const [inverseRoot, epsilon] = [fround(by.inverseRoot), fround(by.epsilon)];
      for (let i = 0; i < count; i++) {
        const [p, m, v] = [pAt / 4 + i, mAt / 4 + i, vAt / 4 + i];
        const g = fround(x32[gAt / 4 + i]! * scale);
        // m ← β₁ m + (1 - β₁) g
        x32[m] = fround(x32[m]! * beta1) + fround(g * rest1);
        // v ← β₂ v + (1 - β₂) g²
        x32[v] = fround(x32[v]! * beta2) + fround(fround(g * g) * rest2);
        // p ← (1 - ηλ) p - η m̂ / (√v̂ + ε)
        const root = fround(fround(fround(Math.sqrt(x32[v]!)) * inverseRoot) + epsilon);
        const step = fround(fround(x32[m]! * stepSize) / root);
        x32[p] = fround(x32[p]! * decay) - step;
      }
    },
    sumOfSquares(at, count) {
      // Four sums, one a lane, as the SIMD kernel adds them.
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) sums[i % 4]! += x32[at / 4 + i]! ** 2;
      return sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
    },
    add(yAt, xAt, count) {
      for (let i = 0; i < count; i++) x32[yAt / 4 + i]! += x32[xAt / 4 + i]!;
    },
    addScaled(yAt, xAt, a, count) {
      const factor = fround(a);
      for (let i = 0; i < count; i++) x32[yAt / 4 + i]! += fround(x32[xAt / 4 + i]! * factor);
    },
  };
}
