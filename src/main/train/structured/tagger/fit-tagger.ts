import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { EncoderWeights } from '../../backbones/encoder-weights.ts';
import { toEncoderWeights } from '../../backbones/tuning.ts';
import type { TrainOptions } from '../../students/student.ts';
import { bucketLengths } from '../../trainer/bucket-lengths.ts';
import type { Examples } from '../../trainer/example-lists.ts';
import { TOKEN_TABLE, type TrainingPlan } from '../../trainer/plan.ts';
import { trainInWorker } from '../../trainer/train-in-worker.ts';
import { transitionShapes } from './form-objective.ts';
import { createTaggerBucket } from './graphs.ts';
import { headShapes } from './heads.ts';
import type { Layout } from './layout.ts';

/** As usual for encoders of this size with fresh heads. */
const BATCH_SIZE = 32;
const LEARNING_RATE = 5e-4;
const HEAD_RATE = 4;
const DROPOUT = 0.1;
const WORD_DROPOUT = 0.1;
/** Fine-tunes the encoder, table included, together with fresh heads and transitions. */
export async function fitTagger(
  backbone: Backbone,
  examples: Examples,
  { tagSet, heads, columnCount }: Layout,
  options: TrainOptions & { readonly message: string; readonly epochs: number },
  work: Work,
): Promise<EncoderWeights> {
  const { sentenceWidth, tokenWidth, embeddings, learningRateScale } = backbone;
  const rng = createRng(options.seed);
  const fresh = (name: string, dims: readonly number[]) => {
    const data = new Float32Array(dims.reduce((size, dim) => size * dim, 1));
    if (name.endsWith('Scale')) data.fill(1);
    if (name.endsWith('Weight'))
      for (let i = 0; i < data.length; i++) data[i] = 0.01 * rng.normal();
    return [name, createTensor('float32', dims, data)] as const;
  };
  const sizes = { tagCount: tagSet.count, columnCount };
  const shapes = {
    ...headShapes(sentenceWidth, tokenWidth, sizes),
    ...transitionShapes(sizes.tagCount),
  };
  const initial = new Map([
    ...backbone.parameters,
    ...Object.entries(shapes).map(([name, dims]) => fresh(name, dims)),
  ]);
  const buckets = await Promise.all(
    bucketLengths(examples, backbone.maxLength).map((length) =>
      createTaggerBucket(backbone, length, BATCH_SIZE, sizes),
    ),
  );
  const plan: TrainingPlan = {
    buckets,
    batchSize: BATCH_SIZE,
    classCount: columnCount,
    parameters: Array.from(initial, ([name, tensor]) => ({
      name,
      initial: tensor,
      isDecayed: tensor.dims.length > 1,
      rate: name in shapes ? HEAD_RATE / learningRateScale : 1,
    })),
    tokenTable: { name: TOKEN_TABLE, initial: embeddings, isDecayed: false },
    dropout: { width: sentenceWidth + tokenWidth, ratio: DROPOUT },
    wordDropout: WORD_DROPOUT,
    objective: { kind: 'form', tagSet, heads },
    examples,
    epochs: options.epochs,
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
