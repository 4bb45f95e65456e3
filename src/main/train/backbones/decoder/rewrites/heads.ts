import { int64 } from '../../../../onnx/tensor.ts';
import type { Draft } from './rewrite.ts';

/** [0, 1, …, L - 1] */
export function positions(draft: Draft): string {
  const shape = draft.add('Shape', ['input_ids']);
  const length = draft.add('Gather', [shape, draft.constant(int64([], [1]))], { axis: 0 });
  const [zero, one] = [0, 1].map((value) => draft.constant(int64([], [value])));
  return draft.add('Range', [zero!, length, one!]); // a pair
}

/** 0 where a token may look, itself and what comes before, and a very small number elsewhere. Shapes: [L, L] */
export function causalMask(draft: Draft): string {
  const places = positions(draft);
  const columns = draft.add('Unsqueeze', [places, draft.integers([0])]);
  const rows = draft.add('Unsqueeze', [places, draft.integers([1])]);
  const isBefore = draft.add('LessOrEqual', [columns, rows]);
  return draft.add('Where', [isBefore, draft.scalar(0), draft.scalar(-1e9)]);
}

export interface Attention {
  /** Shapes: query [B, K, G, L, d]; key and value [B, K, 1, L, d], so that G query heads share one of them. */
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** 0 stands for 1/√d, with d the width of a head. */
  readonly scale: number;
  readonly width: number;
  /** Added to the scores; broadcasts to [B, K, G, L, L]. */
  readonly mask: string | undefined;
}

/** softmax(q kᵀ s + mask) v, its heads side by side. Shapes: the result is [B, L, K G d]. */
export function attend(
  draft: Draft,
  output: string,
  { query, key, value, scale, width, mask }: Attention,
): void {
  const turned = draft.add('Transpose', [key], { perm: [0, 1, 2, 4, 3] });
  const products = draft.add('MatMul', [query, turned]);
  const scaled = draft.add('Mul', [products, draft.scalar(scale || 1 / Math.sqrt(width))]);
  const scores = mask === undefined ? scaled : draft.add('Add', [scaled, mask]);
  const weights = draft.add('Softmax', [scores], { axis: -1 });
  const read = draft.add('MatMul', [weights, value]);
  const turnedBack = draft.add('Transpose', [read], { perm: [0, 3, 1, 2, 4] });
  draft.make(output, 'Reshape', [turnedBack, draft.integers([0, 0, -1])]);
}

/** Parts a token's vector into heads. Shapes: [B, L, K G d] -> [B, K, G, L, d] */
export function toHeads(draft: Draft, x: string, keys: number, group: number): string {
  const parted = draft.add('Reshape', [x, draft.integers([0, 0, keys, group, -1])]);
  return draft.add('Transpose', [parted], { perm: [0, 2, 3, 1, 4] });
}

/**
 * Turns the first half of each head against the second by the angle of its place: (a, b) becomes
 * (a cos - b sin, b cos + a sin). Shapes: x [..., d]; cos and sin broadcast to [..., r/2], where r <= d is turned.
 * @see Su et al., "RoFormer", 2021, equation 34
 */
export function rotate(
  draft: Draft,
  x: string,
  cos: string,
  sin: string,
  { turned, width }: { readonly turned: number; readonly width: number },
): string {
  const half = turned / 2;
  const cut = (from: number, to: number) =>
    draft.add('Slice', [x, draft.integers([from]), draft.integers([to]), draft.integers([-1])]);
  const [a, b] = [cut(0, half), cut(half, turned)];
  const first = draft.add('Sub', [draft.add('Mul', [a, cos]), draft.add('Mul', [b, sin])]);
  const second = draft.add('Add', [draft.add('Mul', [b, cos]), draft.add('Mul', [a, sin])]);
  const rest = turned < width ? [cut(turned, width)] : [];
  return draft.add('Concat', [first, second, ...rest], { axis: -1 });
}
