import type { Value } from '../../onnx/graph/graph.ts';
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
export function multiplyRounded(
  x: Value,
  name: string,
  { dims, data }: Tensor<'float32'>,
  { low, high }: Range,
): Value {
  const { graph } = x;
  const width = dims[1]!; // a matrix has two axes
  const { rounded, scales } = roundColumns(data, width, LARGEST_WEIGHT);
  const step = (high - low) / LARGEST_BYTE || 1; // 1 where x is always 0
  const zero = graph.constant(createTensor('uint8', [], Uint8Array.of(Math.round(-low / step))));
  const bytes = quantizeLinear(x, graph.constant(float32([], [step])), zero);
  const weight = graph.initialiser(name, createTensor('int8', dims, rounded));
  const product = cast(matMulInteger(bytes, weight, zero), 'float32');
  const steps = scales.map((scale) => scale * step);
  return mul(product, graph.initialiser(`${name}.scales`, createTensor('float32', [width], steps)));
}
