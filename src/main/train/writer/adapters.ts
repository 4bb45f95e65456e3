import { createRng } from '../../lib/rng.ts';
import { scalar } from '../../onnx/graph/apply.ts';
import type { Value } from '../../onnx/graph/graph.ts';
import { add } from '../../onnx/operators/add.ts';
import { matMul } from '../../onnx/operators/mat-mul.ts';
import { mul } from '../../onnx/operators/mul.ts';
import { reshape } from '../../onnx/operators/reshape.ts';
import { slice } from '../../onnx/operators/slice.ts';
import { unsqueeze } from '../../onnx/operators/unsqueeze.ts';
import type { ParameterSpec } from '../../onnx/optimisers/parameter-memory.ts';
import { createTensor } from '../../onnx/tensor.ts';
import type { Decoder } from '../backbones/decoder/decoder.ts';

/**
 * How much a model may change: beside each matrix W [K, N] stand A [K, r] and B [r, N], and only these learn:
 *
 *   y = x W + (α / r) (x A ∘ m) B
 *
 * m drops some of the r columns of each row's x A while training, others each time.
 * @see Hu et al., "LoRA: low-rank adaptation of large language models", 2021, section 4.1
 */
export interface AdapterSettings {
  /** r */
  readonly rank: number;
  /** α */
  readonly alpha: number;
  /** The share of columns that m drops. */
  readonly dropout: number;
}

/** The names of the two matrices beside W. */
const [down, up] = [(name: string) => `${name}.A`, (name: string) => `${name}.B`];

/** Fresh adapters: A random, B zero, so that the model begins as it was. */
export function freshAdapters(
  { products, adaptable }: Decoder,
  { rank }: AdapterSettings,
  seed: number,
): readonly ParameterSpec[] {
  const rng = createRng(seed);
  return adaptable.flatMap((name) => {
    const [k, n] = products.get(name)!.dims as readonly [number, number]; // [K, N]
    const a = new Float32Array(k * rank);
    for (let i = 0; i < a.length; i++) a[i] = rng.normal() / Math.sqrt(k);
    return [
      { name: down(name), initial: createTensor('float32', [k, rank], a), isDecayed: true },
      {
        name: up(name),
        initial: createTensor('float32', [rank, n], new Float32Array(rank * n)),
        isDecayed: true,
      },
    ];
  });
}

/** How products are multiplied while adapters stand beside them. */
export function multiplyAdapted(
  { adaptable }: Decoder,
  { rank, alpha }: AdapterSettings,
  parameter: (name: string) => Value,
  batch: { readonly size: number; readonly length: number; readonly kept: Value | undefined },
): (x: Value, name: string) => Value {
  const places = new Map(adaptable.map((name, place) => [name, place]));
  return (x, name) => {
    const whole = matMul(x, parameter(name));
    const place = places.get(name);
    if (place === undefined) return whole;
    const narrow = matMul(x, parameter(down(name)));
    const kept = batch.kept && slice(batch.kept, place * rank, (place + 1) * rank, 1);
    const dropped = kept ? dropColumns(narrow, kept, batch) : narrow;
    const scaled = mul(dropped, scalar(narrow, alpha / rank));
    return add(whole, matMul(scaled, parameter(up(name))));
  };
}

/** Shapes: x [B, L, r] or [B L, r]; kept [B, r]. */
function dropColumns(
  x: Value,
  kept: Value,
  { size, length }: { readonly size: number; readonly length: number },
): Value {
  const rank = x.shape.at(-1)!; // a product has columns
  const perRow = mul(reshape(x, [size, length, rank]), unsqueeze(kept, [1]));
  return x.shape.length === 3 ? perRow : reshape(perRow, x.shape);
}

/** (α / r) A B of each matrix: what is added to it when the adapters are merged. */
export function mergeAdapters(
  { products, adaptable }: Decoder,
  { rank, alpha }: AdapterSettings,
  arrays: Readonly<Record<string, Float32Array>>,
): ReadonlyMap<string, Float32Array> {
  return new Map(
    adaptable.map((name) => {
      const { dims } = products.get(name)!; // [K, N]
      return [name, product(arrays[down(name)]!, arrays[up(name)]!, dims, rank, alpha / rank)];
    }),
  );
}

function product(
  a: Float32Array,
  b: Float32Array,
  dims: readonly number[],
  rank: number,
  scale: number,
): Float32Array {
  const [k, n] = dims as readonly [number, number];
  const sum = new Float32Array(k * n);
  for (let i = 0; i < k; i++)
    for (let r = 0; r < rank; r++) {
      const factor = scale * a[i * rank + r]!;
      const [to, from] = [i * n, r * n];
      for (let j = 0; j < n; j++) sum[to + j]! += factor * b[from + j]!;
    }
  return sum;
}
