import type { Operator } from '../graph/operator.ts';
import { Add } from './add.ts';
import { And } from './and.ts';
import { BiasGelu } from './bias-gelu.ts';
import { Cast } from './cast.ts';
import { Clip } from './clip.ts';
import { Concat } from './concat.ts';
import { DequantizeLinear } from './dequantize-linear.ts';
import { Div } from './div.ts';
import { Dropout } from './dropout.ts';
import { Equal } from './equal.ts';
import { Erf } from './erf.ts';
import { Exp } from './exp.ts';
import { Expand } from './expand.ts';
import { FusedMatMul } from './fused-mat-mul.ts';
import { Gather } from './gather.ts';
import { Gelu } from './gelu.ts';
import { Gemm } from './gemm.ts';
import { Greater } from './greater.ts';
import { GreaterOrEqual } from './greater-or-equal.ts';
import { Identity } from './identity.ts';
import { LayerNormalization } from './layer-normalization.ts';
import { Less } from './less.ts';
import { LessOrEqual } from './less-or-equal.ts';
import { Log } from './log.ts';
import { LogSoftmax } from './log-softmax.ts';
import { MatMul } from './mat-mul.ts';
import { MatMulInteger } from './mat-mul-integer.ts';
import { Mul } from './mul.ts';
import { Neg } from './neg.ts';
import { OneHot } from './one-hot.ts';
import { Pad } from './pad.ts';
import { Pow } from './pow.ts';
import { QuantizeLinear } from './quantize-linear.ts';
import { ReduceL2 } from './reduce-l2.ts';
import { ReduceMax } from './reduce-max.ts';
import { ReduceMean } from './reduce-mean.ts';
import { ReduceSum } from './reduce-sum.ts';
import { Relu } from './relu.ts';
import { Reshape } from './reshape.ts';
import { ShapeOf } from './shape-of.ts';
import { Sigmoid } from './sigmoid.ts';
import { SimplifiedLayerNormalization } from './simplified-layer-normalization.ts';
import { Slice } from './slice.ts';
import { Softmax } from './softmax.ts';
import { Softplus } from './softplus.ts';
import { Split } from './split.ts';
import { Sqrt } from './sqrt.ts';
import { Squeeze } from './squeeze.ts';
import { Sub } from './sub.ts';
import { Tanh } from './tanh.ts';
import { Transpose } from './transpose.ts';
import { Unsqueeze } from './unsqueeze.ts';
import { Where } from './where.ts';

/** Every operator that the compiler knows. To add one: its file and one line here. */
export const operators = {
  Add,
  And,
  BiasGelu,
  Cast,
  Clip,
  Concat,
  DequantizeLinear,
  Div,
  Dropout,
  Equal,
  Erf,
  Exp,
  Expand,
  FusedMatMul,
  Gather,
  Gelu,
  Gemm,
  Greater,
  GreaterOrEqual,
  Identity,
  LayerNormalization,
  Less,
  LessOrEqual,
  Log,
  LogSoftmax,
  MatMul,
  MatMulInteger,
  Mul,
  Neg,
  OneHot,
  Pad,
  Pow,
  QuantizeLinear,
  ReduceL2,
  ReduceMax,
  ReduceMean,
  ReduceSum,
  Relu,
  Reshape,
  Shape: ShapeOf,
  Sigmoid,
  SimplifiedLayerNormalization,
  Slice,
  Softmax,
  Softplus,
  Split,
  Sqrt,
  Squeeze,
  Sub,
  Tanh,
  Transpose,
  Unsqueeze,
  Where,
} as const satisfies Readonly<Record<string, Operator>>;
