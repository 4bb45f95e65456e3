import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { toEncoderWeights } from '../../backbones/tuning.ts';
import { bucketLengths } from '../../trainer/bucket-lengths.ts';
import type { Examples } from '../../trainer/example-lists.ts';
import type { TrainingPlan } from '../../trainer/plan.ts';
import { TOKEN_TABLE } from '../../trainer/plan.ts';
import { trainInWorker } from '../../trainer/train-in-worker.ts';
import type { TrainOptions } from '../student.ts';
import { createDeepBucket, headShapes } from './deep-graphs.ts';
import type { DeepModel } from './model.ts';

/** As usual for encoders of this size; the number of epochs was chosen on validation rows of Banking77. */
const BATCH_SIZE = 32;
const EPOCHS = 4;
const LEARNING_RATE = 3e-4;
const HEAD_RATE = 3;
const DROPOUT = 0.1;
const LABEL_SMOOTHING = 0.1;

/** Fine-tunes the encoder, table included, together with a fresh linear head. */
export async function fitDeep(
  backbone: Backbone,
  examples: Examples,
  classCount: number,
  options: TrainOptions & { readonly message: string },
  work: Work,
): Promise<DeepModel> {
  const { sentenceWidth, embeddings, learningRateScale } = backbone;
  const rng = createRng(options.seed);
  const shapes = headShapes(sentenceWidth, classCount);
  const fresh = (dims: readonly number[], deviation: number) => {
    const data = new Float32Array(dims.reduce((size, dim) => size * dim, 1));
    for (let i = 0; i < data.length; i++) data[i] = deviation * rng.normal();
    return createTensor('float32', dims, data);
  };
  const initial = new Map([
    ...backbone.parameters,
    ['headWeight', fresh(shapes.headWeight, 0.01)],
    ['headBias', fresh(shapes.headBias, 0)],
  ]);
  const sizes = { batchSize: BATCH_SIZE, classCount, labelSmoothing: LABEL_SMOOTHING };
  const buckets = await Promise.all(
    bucketLengths(examples, backbone.maxLength).map((length) =>
      createDeepBucket(backbone, length, sizes),
    ),
  );
  const plan: TrainingPlan = {
    buckets,
    batchSize: BATCH_SIZE,
    classCount,
    parameters: Array.from(initial, ([name, tensor]) => ({
      name,
      initial: tensor,
      isDecayed: tensor.dims.length > 1,
      rate: name.startsWith('head') ? HEAD_RATE / learningRateScale : 1,
    })),
    tokenTable: { name: TOKEN_TABLE, initial: embeddings, isDecayed: false },
    dropout: { width: sentenceWidth, ratio: DROPOUT },
    examples,
    epochs: EPOCHS,
    schedule: { peak: LEARNING_RATE * learningRateScale, shape: 'linear', warmUpShare: 0.1 },
    weightDecay: 0.01,
    clipNorm: 1,
    seed: options.seed,
    threads: options.threads,
    provider: options.provider,
  };
  const { arrays } = await trainInWorker(plan, { ...options, heedsEarlierWish: true }, work);
  return toEncoderWeights(embeddings, initial, arrays);
}
