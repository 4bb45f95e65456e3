import { scalar } from '../../../onnx/graph/apply.ts';
import { createGraph, type Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { reshape } from '../../../onnx/operators/reshape.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { InputRanges } from '../../backbones/input-ranges.ts';
import { storeEncoder } from '../../backbones/stored-encoder.ts';
import { buildScores } from '../crf/graph.ts';
import { buildHeads } from './heads.ts';
import { shares, type TaggerModel } from './model.ts';

/**
 * The model as ONNX. Inputs: those of the student `crf` (`word_indices`, `word_values` [W, m], `indices`, `values`
 * [B, n]); `input_ids`, `attention_mask` [B, L] with the pieces of each text; `pooling` [W, B L], whose row w averages
 * the pieces of word w.
 * Outputs: `emissions` [W, T], both sums; `scores` [B, columns] of the n-grams, `deep_scores` [B, columns] of the encoder.
 */
export async function toOnnx(
  { wide, deep }: TaggerModel,
  backbone: Backbone,
  ranges?: InputRanges,
): Promise<Uint8Array> {
  const graph = createGraph('stillroom-tagger');
  const { emissions, scores } = buildScores(
    graph,
    wide.emissions,
    wide.headModel,
    ranges ? 'int8' : 'full',
  );
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const pooling = graph.input('pooling', 'float32', ['W', 'B L']);
  const { tokens, ...encoded } = await storeEncoder(deep, backbone, ids, mask, ranges);
  const { sentenceWidth, tokenWidth } = backbone;
  const heads = buildHeads({
    ...encoded,
    tokens: reshape(tokens, [-1, tokenWidth]),
    pooling,
    sentenceWidth,
  });
  const scale = (value: Value, share: number) => mul(value, scalar(value, share));
  graph.output(
    'emissions',
    add(scale(emissions, shares.wideTags), scale(heads.emissions, shares.deepTags)),
  );
  graph.output('scores', scores);
  graph.output('deep_scores', scale(heads.scores, shares.deepScores));
  return toModel(graph);
}
