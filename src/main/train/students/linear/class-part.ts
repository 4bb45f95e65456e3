import type { LinearModel } from './linear-model.ts';

/** The weights of one class and its bias at the end. Shapes: column [F + 1]. */
interface ClassWeights {
  readonly classIndex: number;
  readonly column: Float32Array;
}

/** Finished classes as bytes: for each its index (float32 holds it exactly), its weights, its bias. */
export function encodeClasses(
  { weights, biases, classCount }: LinearModel,
  features: number,
  classIndices: readonly number[],
): Uint8Array {
  const width = features + 2;
  const numbers = new Float32Array(classIndices.length * width);
  classIndices.forEach((classIndex, i) => {
    const offset = i * width;
    numbers[offset] = classIndex;
    for (let f = 0; f < features; f++)
      numbers[offset + 1 + f] = weights[f * classCount + classIndex]!;
    numbers[offset + 1 + features] = biases[classIndex]!;
  });
  return new Uint8Array(numbers.buffer);
}

/** Reads the classes back. Shapes: `columnLength` is F + 1. */
export function decodeClasses(part: Uint8Array, columnLength: number): ClassWeights[] {
  // Copied, because a Buffer may begin anywhere in a memory shared with others.
  const numbers = new Float32Array(new Uint8Array(part).buffer);
  const width = columnLength + 1;
  return Array.from({ length: Math.floor(numbers.length / width) }, (_, i) => ({
    classIndex: numbers[i * width]!,
    column: numbers.subarray(i * width + 1, (i + 1) * width),
  }));
}
