import { scalar } from '../../../onnx/graph/apply.ts';
import { createGraph } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { softmax } from '../../../onnx/operators/softmax.ts';
import { float32 } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { InputRanges } from '../../backbones/input-ranges.ts';
import { storeEncoder } from '../../backbones/stored-encoder.ts';
import { buildMlp } from '../mlp/to-onnx.ts';
import { buildDeepHead } from './deep-graphs.ts';
import type { WideDeepModel } from './model.ts';

/**
 * Builds the whole as one model, to be written for any temperature: inputs `indices` and `values` [B, n], `input_ids` and `attention_mask` [B, L]; outputs
 * `scores` and `probabilities` [B, C]. With ranges, in 8 bits.
 */
export async function prepareOnnx(
  { wide, deep, scale }: WideDeepModel,
  backbone: Backbone,
  ranges?: InputRanges,
): Promise<(temperature: number) => Uint8Array> {
  const graph = createGraph('stillroom-wide-deep');
  const indices = graph.input('indices', 'int64', ['B', 'n']);
  const values = graph.input('values', 'float32', ['B', 'n']);
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const { sentence, parameter } = await storeEncoder(deep, backbone, ids, mask, ranges);
  const more = deep.parameters.has('sentenceWeight')
    ? matMul(sentence, parameter('sentenceWeight'))
    : undefined;
  const wideScores = buildMlp(wide, indices, values, ranges ? 'int8' : 'full', more);
  const deepScores = buildDeepHead(sentence, backbone.sentenceWidth, parameter);
  const scores = mul(add(wideScores, deepScores), scalar(deepScores, scale));

  const inverseTemperature = float32([], [1]);
  const coldness = graph.initialiser('inverseTemperature', inverseTemperature);
  graph.output('scores', scores);
  graph.output('probabilities', softmax(mul(scores, coldness)));
  return (temperature) => {
    inverseTemperature.data[0] = 1 / temperature;
    return toModel(graph);
  };
}
