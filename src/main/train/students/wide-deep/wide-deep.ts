import { loadBackbone } from '../../backbones/index.ts';
import { readTokenizer } from '../../backbones/read-tokenizer.ts';
import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import { createFeaturiser, featuriseAll } from '../../features/featuriser.ts';
import { fitVocabulary } from '../../features/vocabulary.ts';
import { withClassNames } from '../class-names.ts';
import { createOnnxScorer } from '../linear/onnx-scorer.ts';
import { samples } from '../linear/samples.ts';
import { defineStudent } from '../student.ts';
import {
  encodeAll,
  hasRowsToTune,
  isAffordable,
  rangesOn,
  secondsToTune,
  toText,
} from './encoder-rows.ts';
import { fitFrozen } from './fit-frozen.ts';
import { fitTuned } from './fit-tuned.ts';
import type { WideDeepModel } from './model.ts';
import { prepareOnnx } from './to-onnx.ts';

/** N-grams beside a pretrained encoder, which is fine-tuned when there are rows enough. */
export const wideDeep = defineStudent({
  id: 'wide-deep',
  title: 'N-grams beside a pretrained encoder',
  hasEncoder: true,
  isQuickerInInt8: true,

  tellShortcut(set, budgetSeconds) {
    if (!hasRowsToTune(set) || isAffordable(set, budgetSeconds)) return undefined;
    const minutes = Math.ceil(secondsToTune(set) / 60);
    return `wide-deep was tried with its encoder as it is; fine-tuning it takes about ${minutes} min a training. Ask for it with --student wide-deep.`;
  },

  async train(given, options, work) {
    const backbone = await loadBackbone(options.encoderFolder);
    const tuned = hasRowsToTune(given) && isAffordable(given, options.budgetSeconds);
    const set = withClassNames(given);
    const vocabulary = await fitVocabulary(set.inputs, work);
    const matrix = await featuriseAll(vocabulary, set.inputs, work);
    const model = tuned
      ? await fitTuned(
          backbone,
          set,
          matrix,
          await encodeAll(backbone, set.inputs, work),
          options,
          work,
        )
      : await fitFrozen(backbone, set, matrix, toText, options, work);
    const featureCount = vocabulary.hashes.length;
    const classCount = set.classes.length;
    const toFull = await prepareOnnx(model, backbone);
    const ranges = await rangesOn(set.inputs, model.deep, backbone);
    const toInt8 = await prepareOnnx(model, backbone, ranges);
    return {
      async score(inputs, scoring) {
        const scorer = await createOnnxScorer(toFull(1), createFeaturiser(vocabulary), {
          threads: options.threads,
          classCount,
          featureCount,
          tokenise: (input) => backbone.tokenizer.encode(toText(input)),
        });
        return scorer.score(inputs, scoring).finally(() => scorer.close());
      },
      export: (temperature) => ({
        preprocessing: {
          kind: 'ngrams-and-tokens',
          file: 'features.json',
          tokenizer: 'tokenizer.json',
          encoder: backbone.provenance.name,
          encoderLicence: backbone.provenance.licence,
          encoderSha256: backbone.provenance.sha256,
          encoderUse: tuned ? 'fine-tuned' : 'frozen',
        },
        files: {
          'model.onnx': toFull(temperature),
          'model.int8.onnx': toInt8(temperature),
          'features.json': encodeFeatures(vocabulary),
          ...Object.fromEntries(backbone.tokenizer.files()),
          ...samples(),
        },
        parameters: countParameters(model),
      }),
    };
  },

  async load(read, { threads, variant, classCount }) {
    const vocabulary = decodeFeatures(read('features.json'));
    const tokenizer = readTokenizer(read);
    const model = read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx');
    return createOnnxScorer(model, createFeaturiser(vocabulary), {
      threads,
      classCount,
      featureCount: vocabulary.hashes.length,
      tokenise: (input) => tokenizer.encode(toText(input)),
    });
  },
});

function countParameters({ wide, deep }: WideDeepModel): number {
  const tensors = [
    wide.table,
    ...wide.parameters.values(),
    deep.embeddings,
    ...deep.parameters.values(),
  ];
  return tensors.reduce((sum, { data }) => sum + data.length, 0);
}
