import { loadBackbone } from '../../backbones/index.ts';
import { readTokenizer } from '../../backbones/read-tokenizer.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { toExamples } from '../../trainer/examples.ts';
import { withClassNames } from '../class-names.ts';
import { createOnnxScorer } from '../linear/onnx-scorer.ts';
import { NEURAL_SCALE } from '../neural-scale.ts';
import { defineStudent } from '../student.ts';
import {
  encodeAll,
  hasRowsToTune,
  isAffordable,
  rangesOn,
  toText,
} from '../wide-deep/encoder-rows.ts';
import { fitDeep } from '../wide-deep/fit-deep.ts';
import { fitFrozen } from '../wide-deep/fit-frozen.ts';
import { toConfigJson } from './config-json.ts';
import { samples } from './samples.ts';
import { type EncoderModel, prepareOnnx } from './to-onnx.ts';

/**
 * The encoder of `wide-deep` by itself. It is less often right, but its folder is one that the text-classification
 * pipeline of transformers.js loads as it is.
 */
export const encoder = defineStudent({
  id: 'encoder',
  title: 'A pretrained encoder alone, for transformers.js',
  isOnRequest: true,
  hasEncoder: true,
  isQuickerInInt8: true,

  async train(given, options, work) {
    const backbone = await loadBackbone(options.encoderFolder);
    const tuned = hasRowsToTune(given) && isAffordable(given, options.budgetSeconds);
    const set = withClassNames(given);
    const classCount = set.classes.length;
    const model: EncoderModel = tuned
      ? {
          deep: await fitDeep(
            backbone,
            toExamples(set, { tokens: await encodeAll(backbone, set.inputs, work) }),
            classCount,
            { ...options, message: 'Fine-tuning the encoder' },
            work,
          ),
          scale: NEURAL_SCALE,
        }
      : await fitFrozen(backbone, set, withoutNgrams(set.inputs.length), toText, options, work);
    const toFull = await prepareOnnx(model, backbone);
    const ranges = await rangesOn(set.inputs, model.deep, backbone);
    const toInt8 = await prepareOnnx(model, backbone, ranges);
    const tensors = [
      model.deep.embeddings,
      ...model.deep.parameters.values(),
      ...(model.wide?.parameters.values() ?? []),
    ];
    return {
      async score(inputs, scoring) {
        const scorer = await createOnnxScorer(toFull(1), undefined, {
          threads: options.threads,
          classCount,
          featureCount: 0,
          tokenise: (input) => backbone.tokenizer.encode(toText(input)),
        });
        return scorer.score(inputs, scoring).finally(() => scorer.close());
      },
      export: (temperature) => ({
        preprocessing: {
          kind: 'tokens',
          tokenizer: 'tokenizer.json',
          encoder: backbone.provenance.name,
          encoderLicence: backbone.provenance.licence,
          encoderSha256: backbone.provenance.sha256,
          encoderUse: tuned ? 'fine-tuned' : 'frozen',
        },
        files: {
          'model.onnx': toFull(temperature),
          'model.int8.onnx': toInt8(temperature),
          'config.json': toConfigJson(set.classes),
          ...Object.fromEntries(backbone.tokenizer.files()),
          ...samples(),
        },
        parameters: tensors.reduce((sum, { data }) => sum + data.length, 0),
      }),
    };
  },

  async load(read, { threads, variant, classCount }) {
    const tokenizer = readTokenizer(read);
    const model = read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx');
    return createOnnxScorer(model, undefined, {
      threads,
      classCount,
      featureCount: 0,
      tokenise: (input) => tokenizer.encode(toText(input)),
    });
  },
});

/** Rows of which nothing is known. Shapes: [N, 0] */
function withoutNgrams(rows: number): SparseMatrix {
  return {
    rows,
    columns: 0,
    starts: new Int32Array(rows + 1),
    indices: new Int32Array(0),
    values: new Float32Array(0),
    unseenShares: new Float32Array(rows),
  };
}
