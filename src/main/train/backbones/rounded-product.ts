import type { Graph, Value } from '../../onnx/graph/graph.ts';
import { cast } from '../../onnx/operators/cast.ts';
import { matMulInteger } from '../../onnx/operators/mat-mul-integer.ts';
import { mul } from '../../onnx/operators/mul.ts';
import { quantizeLinear } from '../../onnx/operators/quantize-linear.ts';
import { createTensor, float32, type Tensor } from '../../onnx/tensor.ts';
import { roundColumns } from '../students/round-columns.ts';
import type { Range } from './input-ranges.ts';

/**
 * Processors without an instruction of their own for it add two products of 8 bits in 16 bits, where 2 · 255 · 127
 * does not fit and 2 · 255 · 64 does: with such weights all of them compute the same.
 */
const LARGEST_WEIGHT = 64;
const LARGEST_BYTE = 255;

/**
 * x W in integers of 8 bits: with x ≈ a (u - z), where u is a byte, and W ≈ V s, where column j of V has the scale sⱼ,
 *
 *   (x W)ⱼ ≈ a sⱼ Σᵢ (uᵢ - z) Vᵢⱼ
 *
 * a and z follow from the range of x, so what a text is answered with does not depend on what stands beside it in a
 * batch; what is out of range counts as its bound. Shapes: x [..., K], weight [K, N].
 */
export function multiplyRounded(x: Value, { integers, steps, step, zero }: RoundedWeight): Value {
  const bytes = quantizeLinear(x, step, zero);
  return mul(cast(matMulInteger(bytes, integers, zero), 'float32'), steps);
}

/** A weight and the range of what it multiplies, as values of a graph; products may share it. */
export interface RoundedWeight {
  /** V. Shapes: int8[K, N]. */
  readonly integers: Value;
  /** a sⱼ. Shapes: float32[N]. */
  readonly steps: Value;
  /** a and z. */
  readonly step: Value;
  readonly zero: Value;
}

/** Adds a weight to a graph as `multiplyRounded` reads it. Shapes: weight [K, N]. */
export function addRoundedWeight(
  graph: Graph,
  name: string,
  { dims, data }: Tensor<'float32'>,
  { low, high }: Range,
): RoundedWeight {
  const width = dims[1]!; // a matrix has two axes
  const { rounded, scales } = roundColumns(data, width, LARGEST_WEIGHT);
  const step = (high - low) / LARGEST_BYTE || 1; // 1 where x is always 0
  const steps = scales.map((scale) => scale * step);
  return {
    integers: graph.initialiser(`${name}.integers`, createTensor('int8', dims, rounded)),
    steps: graph.initialiser(`${name}.steps`, createTensor('float32', [width], steps)),
    step: graph.constant(float32([], [step])),
    zero: graph.constant(createTensor('uint8', [], Uint8Array.of(Math.round(-low / step)))),
  };
}
