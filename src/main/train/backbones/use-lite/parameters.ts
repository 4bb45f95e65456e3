import { AppError } from '../../../../shared/errors.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';

/** Sizes of one of the two layers. The first one widens the vectors from 256 to 512. */
export interface LayerSizes {
  readonly widthIn: number;
  readonly width: number;
  readonly heads: number;
}

export const layers: readonly LayerSizes[] = [
  { widthIn: 256, width: 512, heads: 4 },
  { widthIn: 512, width: 512, heads: 4 },
];
export const embeddingWidth = 256;
export const sentenceWidth = 512;
/** The published graph cuts here (`ClipToMaxLength`). */
export const maxLength = 128;
const vocabularySize = 8002;
const hiddenWidth = 1536;

const encoder = 'Encoder_en/KonaTransformer/Encode';
const variable = (name: string) => `module/${name}`;
const folded = (name: string) => `module_apply_default/${name}/ConcatPartitions/concat`;

/** Each parameter of the graph: our name, the shape it has there, the name it has in TF.js' `model.json`. */
function* describeParameters(): Generator<readonly [string, readonly number[], string]> {
  for (const [index, { widthIn, width }] of layers.entries()) {
    const ours = `layer${index}`;
    const theirs = `${encoder}/Layer_${index}/TransformerLayer`;
    const attention = `${theirs}/MultiheadAttention`;
    const stack = `module_apply_default/${encoder}/TransformerStack/Layer_${index}/TransformerLayer`;
    const norm = 'layer_prepostprocess/layer_norm/layer_norm';
    yield [`${ours}.attention.norm.scale`, [widthIn], folded(`${theirs}/${norm}_scale`)];
    yield [`${ours}.attention.norm.bias`, [widthIn], folded(`${theirs}/${norm}_bias`)];
    yield [
      `${ours}.attention.qkv.weight`,
      [widthIn, 3 * widthIn],
      variable(`${attention}/qkv_transform_single/kernel/part_0`),
    ];
    yield [
      `${ours}.attention.qkv.bias`,
      [3 * widthIn],
      folded(`${attention}/qkv_transform_single/bias`),
    ];
    yield [
      `${ours}.attention.out.weight`,
      [widthIn, width],
      variable(`${attention}/output_transform_single/kernel/part_0`),
    ];
    yield [
      `${ours}.attention.out.bias`,
      [width],
      folded(`${attention}/output_transform_single/bias`),
    ];
    if (widthIn !== width) {
      yield [`${ours}.residual.weight`, [widthIn, width], folded(`${theirs}/dense/kernel`)];
      yield [`${ours}.residual.bias`, [width], folded(`${theirs}/dense/bias`)];
    }
    yield [`${ours}.ffn.norm.scale`, [width], folded(`${theirs}/FFN/${norm}_scale`)];
    yield [`${ours}.ffn.norm.bias`, [width], folded(`${theirs}/FFN/${norm}_bias`)];
    yield [`${ours}.ffn.in.weight`, [width, hiddenWidth], `${stack}/FFN/conv1/Tensordot/Reshape_1`];
    yield [`${ours}.ffn.in.bias`, [hiddenWidth], folded(`${theirs}/FFN/conv1/bias`)];
    yield [
      `${ours}.ffn.out.weight`,
      [hiddenWidth, width],
      `${stack}/FFN/conv2/Tensordot/Reshape_1`,
    ];
    yield [`${ours}.ffn.out.bias`, [width], folded(`${theirs}/FFN/conv2/bias`)];
  }
  yield [
    'sentence.weight',
    [sentenceWidth, sentenceWidth],
    variable('Encoder_en/hidden_layers/tanh_layer_0/weights'),
  ];
  yield ['sentence.bias', [sentenceWidth], variable('Encoder_en/hidden_layers/tanh_layer_0/bias')];
}

const timingName = `module_apply_default/${encoder}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`;

/** The published weights under our names: what is trained, the embedding table, the frequencies of the timing signal. */
export interface UseLiteParameters {
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  readonly embeddings: Tensor<'float32'>;
  readonly frequencies: Float32Array;
}

/** Names and shapes the weights. @throws AppError `file.malformed`, `onnx.shape` */
export function nameParameters(weights: ReadonlyMap<string, Float32Array>): UseLiteParameters {
  function find(name: string): Float32Array {
    const values = weights.get(name);
    if (!values) throw new AppError('file.malformed', `The bundled encoder has no weight ${name}.`);
    return values;
  }
  return {
    parameters: new Map(
      Array.from(describeParameters(), ([name, dims, source]) => [
        name,
        createTensor('float32', dims, find(source)),
      ]),
    ),
    embeddings: createTensor(
      'float32',
      [vocabularySize, embeddingWidth],
      find(variable('Embeddings_en')),
    ),
    frequencies: find(timingName),
  };
}
