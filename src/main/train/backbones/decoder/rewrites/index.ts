import { fastGelu, gelu, quickGelu } from './activations.ts';
import { groupQueryAttention } from './group-query-attention.ts';
import { multiHeadAttention } from './multi-head-attention.ts';
import {
  rmsNormalization,
  skipLayerNormalization,
  skipSimplifiedLayerNormalization,
} from './normalisations.ts';
import { cast, concat, gemm, where } from './plain.ts';
import type { Rewrite } from './rewrite.ts';
import { rotaryEmbedding } from './rotary-embedding.ts';

/** By domain and operator. To read one more: its rewrite and a line here. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  Cast: cast,
  Concat: concat,
  Gelu: gelu,
  Gemm: gemm,
  RMSNormalization: rmsNormalization,
  Where: where,
  'com.microsoft.FastGelu': fastGelu,
  'com.microsoft.GroupQueryAttention': groupQueryAttention,
  'com.microsoft.MultiHeadAttention': multiHeadAttention,
  'com.microsoft.QuickGelu': quickGelu,
  'com.microsoft.RotaryEmbedding': rotaryEmbedding,
  'com.microsoft.SkipLayerNormalization': skipLayerNormalization,
  'com.microsoft.SkipSimplifiedLayerNormalization': skipSimplifiedLayerNormalization,
};
