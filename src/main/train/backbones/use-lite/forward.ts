import { scalar } from '../../../onnx/graph/apply.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { add } from '../../../onnx/operators/add.ts';
import { clip } from '../../../onnx/operators/clip.ts';
import { div } from '../../../onnx/operators/div.ts';
import { fusedMatMul } from '../../../onnx/operators/fused-mat-mul.ts';
import { layerNormalization } from '../../../onnx/operators/layer-normalization.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { reduceL2 } from '../../../onnx/operators/reduce-l2.ts';
import { reduceSum } from '../../../onnx/operators/reduce-sum.ts';
import { relu } from '../../../onnx/operators/relu.ts';
import { reshape } from '../../../onnx/operators/reshape.ts';
import { softmax } from '../../../onnx/operators/softmax.ts';
import { split } from '../../../onnx/operators/split.ts';
import { squeeze } from '../../../onnx/operators/squeeze.ts';
import { sub } from '../../../onnx/operators/sub.ts';
import { tanh } from '../../../onnx/operators/tanh.ts';
import { transpose } from '../../../onnx/operators/transpose.ts';
import { unsqueeze } from '../../../onnx/operators/unsqueeze.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { ForwardInputs, ForwardOutputs } from '../backbone.ts';
import { firstRows } from '../first-rows.ts';
import { type LayerSizes, layers, maxLength } from './parameters.ts';

const normEpsilon = 1e-6;
/** Added to the scores of padding, whose share after the softmax is then exactly 0. */
const paddingScore = -1e4;

/**
 * Universal Sentence Encoder lite: two pre-norm Transformer layers, then the mean over the tokens.
 * Shapes: rows [B, L, 256] -> tokens [B, L, 512], sentence [B, 512] of length 1.
 * @see Cer et al., "Universal Sentence Encoder", 2018; Vaswani et al., "Attention Is All You Need", 2017
 */
export function buildUseLite(
  { rows, mask, parameter, multiply = (x, name) => matMul(x, parameter(name)) }: ForwardInputs,
  frequencies: Float32Array,
): ForwardOutputs {
  const linear = (x: Value, name: string) =>
    add(multiply(x, `${name}.weight`), parameter(`${name}.bias`));
  const normalise = (x: Value, name: string) =>
    layerNormalization(
      x,
      parameter(`${name}.norm.scale`),
      parameter(`${name}.norm.bias`),
      normEpsilon,
    );

  // (1 - mask) * -10,000, broadcast over heads and queries: [B, 1, 1, L]
  const paddingBias = unsqueeze(
    mul(sub(scalar(mask, 1), mask), scalar(mask, paddingScore)),
    [1, 2],
  );

  // softmax(q kᵀ / √d) v for each head
  function attend(x: Value, name: string, { widthIn, heads }: LayerSizes): Value {
    const headWidth = widthIn / heads;
    const [q, k, v] = split(linear(x, `${name}.qkv`), [widthIn, widthIn, widthIn], 2).map((part) =>
      transpose(reshape(part, [0, 0, heads, headWidth]), [0, 2, 1, 3]),
    ) as [Value, Value, Value]; // split into three
    const scores = fusedMatMul(q, k, { transB: true, alpha: 1 / Math.sqrt(headWidth) });
    const heard = matMul(softmax(add(scores, paddingBias)), v);
    return linear(reshape(transpose(heard, [0, 2, 1, 3]), [0, 0, widthIn]), `${name}.out`);
  }

  // x = 2 e + timing
  let x = add(mul(rows, scalar(rows, 2)), timingSignal(rows, frequencies));
  for (const [index, sizes] of layers.entries()) {
    const name = `layer${index}`;
    const attended = attend(normalise(x, `${name}.attention`), `${name}.attention`, sizes);
    const residual = sizes.widthIn === sizes.width ? x : linear(x, `${name}.residual`);
    x = add(attended, residual);
    const hidden = relu(linear(normalise(x, `${name}.ffn`), `${name}.ffn.in`));
    x = add(x, linear(hidden, `${name}.ffn.out`));
  }

  // tanh(W mean(x) + b) / ‖·‖; a product with the mask sums the tokens, an empty text has the mean 0
  const sum = squeeze(matMul(unsqueeze(mask, [1]), x), [1]);
  const mean = div(sum, clip(reduceSum(mask, [1]), scalar(mask, 1)));
  const sentence = tanh(linear(mean, 'sentence'));
  return { sentence: div(sentence, reduceL2(sentence, [1])), tokens: x };
}

/** sin and cos of position times frequency, side by side. Shapes: [L, 256]. */
function timingSignal(rows: Value, frequencies: Float32Array): Value {
  const half = frequencies.length;
  const values = new Float32Array(maxLength * 2 * half);
  for (let position = 0; position < maxLength; position++)
    for (const [i, frequency] of frequencies.entries()) {
      const angle = Math.fround(position * frequency);
      values[position * 2 * half + i] = Math.sin(angle);
      values[position * 2 * half + half + i] = Math.cos(angle);
    }
  const table = rows.graph.constant(createTensor('float32', [maxLength, 2 * half], values));
  return firstRows(table, rows);
}
