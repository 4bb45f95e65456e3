import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { toExamples } from '../../trainer/examples.ts';
import { fitMlp, type MlpModel } from '../mlp/fit-mlp.ts';
import { NEURAL_SCALE } from '../neural-scale.ts';
import type { TrainingSet, TrainOptions } from '../student.ts';
import { fitDeep } from './fit-deep.ts';
import type { WideDeepModel } from './model.ts';

/**
 * What the network's scores count beside the encoder's. Its own are half as large again, and it is less often right. Chosen on
 * validation rows of Banking77, where anything from .3 to .6 is as good and 1 loses .3 points.
 */
const WIDE_SHARE = 0.5;
/** Scores are linear in these. */
const LAST_LAYER = ['outWeight', 'outBias'];

/**
 * Trains the network on n-grams and fine-tunes the encoder, each alone, and adds their scores: they err on different
 * rows.
 */
export async function fitTuned(
  backbone: Backbone,
  set: TrainingSet,
  matrix: SparseMatrix,
  tokens: readonly Int32Array[],
  { seed, threads, provider, checkpoint }: TrainOptions,
  work: Work,
): Promise<WideDeepModel> {
  const wide = await fitMlp(set, matrix, { seed, threads, message: 'Training the network' }, work);
  const deep = await fitDeep(
    backbone,
    toExamples(set, { tokens }),
    set.classes.length,
    {
      seed,
      threads,
      provider,
      message: 'Fine-tuning the encoder',
      ...(checkpoint ? { checkpoint } : {}),
    },
    work,
  );
  return { wide: weigh(wide, WIDE_SHARE), deep, scale: NEURAL_SCALE / (1 + WIDE_SHARE) };
}

/** The same network with scores that are `share` times as large. */
function weigh({ table, parameters }: MlpModel, share: number): MlpModel {
  const scaled = Array.from(parameters, ([name, tensor]) => {
    const isLast = LAST_LAYER.includes(name);
    const data = isLast ? tensor.data.map((value) => share * value) : tensor.data;
    return [name, createTensor('float32', tensor.dims, data)] as const;
  });
  return { table, parameters: new Map(scaled) };
}
