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
import { buildHead } from '../mlp/graphs.ts';
import { buildDeepHead } from '../wide-deep/deep-graphs.ts';
import type { WideDeepModel } from '../wide-deep/model.ts';

/** A wide-deep model that reads no n-grams; with a frozen encoder a network reads the sentence vector alone. */
export type EncoderModel = Pick<WideDeepModel, 'deep' | 'scale'> & Partial<WideDeepModel>;

/**
 * The model as ONNX, to be written for any temperature: inputs `input_ids` and `attention_mask` [B, L]; outputs `scores`,
 * `probabilities` and `logits` [B, C], whose softmax the probabilities are. With ranges, in 8 bits.
 */
export async function prepareOnnx(
  { wide, deep, scale }: EncoderModel,
  backbone: Backbone,
  ranges?: InputRanges,
): Promise<(temperature: number) => Uint8Array> {
  const graph = createGraph('stillroom-encoder');
  const ids = graph.input('input_ids', 'int64', ['B', 'L']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'L']);
  const { sentence, parameter } = await storeEncoder(deep, backbone, ids, mask, ranges);
  const head = buildDeepHead(sentence, backbone.sentenceWidth, parameter);
  const sums = wide && matMul(sentence, parameter('sentenceWeight'));
  const all =
    wide && sums
      ? add(
          head,
          buildHead(sums, (name) => graph.initialiser(name, wide.parameters.get(name)!)),
        ) // a network has all three
      : head;
  const scores = mul(all, scalar(all, scale));

  const inverseTemperature = float32([], [1]);
  const logits = mul(scores, graph.initialiser('inverseTemperature', inverseTemperature));
  graph.output('scores', scores);
  graph.output('logits', logits);
  graph.output('probabilities', softmax(logits));
  return (temperature) => {
    inverseTemperature.data[0] = 1 / temperature;
    return toModel(graph);
  };
}
