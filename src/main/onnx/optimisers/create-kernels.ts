import type { Kernels } from './kernels.ts';
import { createPlainKernels } from './plain-kernels.ts';
import { createSimdKernels } from './simd-kernels.ts';

/** The fast kernels where the host allows WebAssembly with SIMD, else the plain ones; both give the same bits. */
export function createKernels(sizeBytes: number): Kernels {
  try {
    return createSimdKernels(sizeBytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return createPlainKernels(sizeBytes);
    throw error;
  }
}
