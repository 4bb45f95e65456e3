import { createGraph } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { type EncoderWeights, storeEncoder } from '../../backbones/stored-encoder.ts';
import type { Variant } from '../../students/student.ts';
import { buildHeads, type HeadSizes } from './heads.ts';

/**
 * The model as ONNX: inputs `input_ids` and `attention_mask` [B, L], `pooling` [B, W, L], whose line w averages the
 * pieces of word w; outputs `emissions` [B, W, T], `frames` [B, F], and `choices` [B, C] where there are any.
 */
export async function toOnnx(
  weights: EncoderWeights,
  backbone: Backbone,
  sizes: HeadSizes,
  variant: Variant,
): Promise<Uint8Array> {
  const graph = createGraph('stillroom-tagger');
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const pooling = graph.input('pooling', 'float32', ['B', 'W', 'L']);
  const encoded = await storeEncoder(weights, backbone, ids, mask, variant);
  const { sentenceWidth } = backbone;
  const scores = buildHeads({ ...encoded, pooling, sentenceWidth, sizes });
  for (const [name, score] of Object.entries(scores)) graph.output(name, score);
  return toModel(graph);
}
