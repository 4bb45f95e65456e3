import { scalar } from '../../src/main/onnx/graph/apply.ts';
import type { Value } from '../../src/main/onnx/graph/graph.ts';
import { add } from '../../src/main/onnx/operators/add.ts';
import { biasGelu } from '../../src/main/onnx/operators/bias-gelu.ts';
import { div } from '../../src/main/onnx/operators/div.ts';
import { fusedMatMul } from '../../src/main/onnx/operators/fused-mat-mul.ts';
import { layerNormalization } from '../../src/main/onnx/operators/layer-normalization.ts';
import { matMul } from '../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../src/main/onnx/operators/mul.ts';
import { reduceL2 } from '../../src/main/onnx/operators/reduce-l2.ts';
import { reduceSum } from '../../src/main/onnx/operators/reduce-sum.ts';
import { reshape } from '../../src/main/onnx/operators/reshape.ts';
import { softmax } from '../../src/main/onnx/operators/softmax.ts';
import { split } from '../../src/main/onnx/operators/split.ts';
import { sub } from '../../src/main/onnx/operators/sub.ts';
import { transpose } from '../../src/main/onnx/operators/transpose.ts';
import { unsqueeze } from '../../src/main/onnx/operators/unsqueeze.ts';

export interface TransformerSizes {
  readonly B: number;
  readonly L: number;
  readonly D: number;
  readonly H: number;
}

/** One post-norm encoder layer, as BERT has it. Shapes: x [B, L, D], mask [B, L] */
export function encoderLayer(
  x: Value,
  mask: Value,
  { B, L, D, H }: TransformerSizes,
  weight: (name: string) => Value,
): Value {
  const dense = (input: Value, name: string) =>
    add(matMul(input, weight(`${name}.weight`)), weight(`${name}.bias`));
  const normalise = (input: Value, name: string) =>
    layerNormalization(input, weight(`${name}.scale`), weight(`${name}.bias`));
  const toHeads = (part: Value) => transpose(reshape(part, [B, L, H, D / H]), [0, 2, 1, 3]);

  const [q, k, v] = split(dense(x, 'qkv'), [D, D, D], 2).map(toHeads) as [Value, Value, Value]; // three sizes
  const scores = fusedMatMul(q, k, { transB: true, alpha: 1 / Math.sqrt(D / H) });
  const blocked = mul(unsqueeze(sub(scalar(mask, 1), mask), [1, 2]), scalar(mask, -1e4));
  const mixed = matMul(softmax(add(scores, blocked)), v);
  const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [B, L, D]);
  const attended = normalise(add(x, dense(joined, 'out')), 'norm1');
  const up = biasGelu(matMul(attended, weight('up.weight')), weight('up.bias'));
  return normalise(add(attended, dense(up, 'down')), 'norm2');
}

/** The mean of the tokens that are not padding, with length 1. Shapes: [B, L, D] gives [B, D] */
export function pool(x: Value, mask: Value): Value {
  const sum = reduceSum(mul(x, unsqueeze(mask, [2])), [1], false);
  const mean = div(sum, reduceSum(mask, [1]));
  return div(mean, reduceL2(mean, [-1]));
}
