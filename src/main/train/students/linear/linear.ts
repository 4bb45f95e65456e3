import { decodeFeatures, encodeFeatures } from '../../features/features-file.ts';
import { createFeaturiser, featuriseAll } from '../../features/featuriser.ts';
import { fitVocabulary } from '../../features/vocabulary.ts';
import { defineStudent } from '../student.ts';
import { toOnnx } from './graph.ts';
import { fitOneVsRest, scoreRows } from './one-vs-rest.ts';
import { createOnnxScorer } from './onnx-scorer.ts';
import { samples } from './samples.ts';

const TOLERANCE = 0.2;
const MAXIMUM_PASSES = 100;

/** Words, word pairs and character runs, weighed by a linear support vector machine for each class. */
export const linear = defineStudent({
  id: 'linear',
  title: 'Linear n-gram model',

  async train(set, options, work) {
    const vocabulary = await fitVocabulary(set.inputs, work);
    const matrix = await featuriseAll(vocabulary, set.inputs, work);
    const model = await fitOneVsRest(
      { matrix, targets: set.targets, weights: set.weights, classCount: set.classes.length },
      {
        seed: options.seed,
        tolerance: TOLERANCE,
        maxPasses: MAXIMUM_PASSES,
        checkpoint: options.checkpoint,
        message: 'Training classes',
      },
      work,
    );
    return {
      async score(inputs, scoring) {
        const rows = await featuriseAll(vocabulary, inputs, scoring);
        return { scores: scoreRows(rows, model), unseenShares: rows.unseenShares };
      },
      export: (temperature) => ({
        preprocessing: { kind: 'ngrams', file: 'features.json' },
        files: {
          'model.onnx': toOnnx(model, temperature, 'full'),
          'model.int8.onnx': toOnnx(model, temperature, 'int8'),
          'features.json': encodeFeatures(vocabulary),
          ...samples(),
        },
        parameters: model.weights.length + model.biases.length,
      }),
    };
  },

  async load(read, { threads, variant, classCount }) {
    const vocabulary = decodeFeatures(read('features.json'));
    const model = read(variant === 'int8' ? 'model.int8.onnx' : 'model.onnx');
    return createOnnxScorer(model, createFeaturiser(vocabulary), {
      threads,
      classCount,
      featureCount: vocabulary.hashes.length,
    });
  },
});
