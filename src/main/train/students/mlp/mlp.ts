import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import { createFeaturiser, featuriseAll } from '../../features/featuriser.ts';
import { fitVocabulary, type Vocabulary } from '../../features/vocabulary.ts';
import { withClassNames } from '../class-names.ts';
import { createOnnxScorer } from '../linear/onnx-scorer.ts';
import { samples } from '../linear/samples.ts';
import { defineStudent, type LoadedStudent } from '../student.ts';
import { fitMlp } from './fit-mlp.ts';
import { toOnnx } from './to-onnx.ts';

/** Words, word pairs and character runs through one hidden layer. Its folder is used just as that of `linear`. */
export const mlp = defineStudent({
  id: 'mlp',
  title: 'N-gram network with a hidden layer',

  async train(given, options, work) {
    const set = withClassNames(given);
    const vocabulary = await fitVocabulary(set.inputs, work);
    const matrix = await featuriseAll(vocabulary, set.inputs, work);
    const message = 'Training the network';
    const model = await fitMlp(set, matrix, { ...options, message }, work);
    const { parameters, table } = model;
    return {
      async score(inputs, scoring) {
        const scorer = await createScorer(toOnnx(model, 1, 'full'), vocabulary, {
          threads: options.threads,
          classCount: set.classes.length,
        });
        try {
          return await scorer.score(inputs, scoring);
        } finally {
          await scorer.close();
        }
      },
      export: (temperature) => ({
        preprocessing: { kind: 'ngrams', file: 'features.json' },
        files: {
          'model.onnx': toOnnx(model, temperature, 'full'),
          'model.int8.onnx': toOnnx(model, temperature, 'int8'),
          'features.json': encodeFeatures(vocabulary),
          ...samples(),
        },
        parameters: [table, ...parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
      }),
    };
  },

  async load(read, { threads, variant, classCount }) {
    const vocabulary = decodeFeatures(read('features.json'));
    const model = read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx');
    return createScorer(model, vocabulary, { threads, classCount });
  },
});

function createScorer(
  model: Uint8Array,
  vocabulary: Vocabulary,
  options: { readonly threads: number; readonly classCount: number },
): Promise<LoadedStudent> {
  const featureCount = vocabulary.hashes.length;
  return createOnnxScorer(model, createFeaturiser(vocabulary), { ...options, featureCount });
}
