import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { EncoderWeights } from '../../backbones/stored-encoder.ts';
import type { TrainOptions } from '../../students/student.ts';
import { bucketLengths } from '../../trainer/bucket-lengths.ts';
import { type Examples, TOKEN_TABLE, type TrainingPlan } from '../../trainer/plan.ts';
import { trainInWorker } from '../../trainer/train-in-worker.ts';
import { transitionShapes } from './form-objective.ts';
import { createTaggerBucket } from './graphs.ts';
import { headShapes } from './heads.ts';
import type { Layout } from './layout.ts';

export const tuning = {
  batchSize: 32,
  epochs: 5,
  rate: 5e-4,
  headRate: 4,
  transitionRate: 4,
  dropout: 0.1,
  wordDropout: 0.05,
  clipNorm: 1,
  warmUp: 0.1,
  weightDecay: 0.01,
};

export async function fitTagger(
  backbone: Backbone,
  examples: Examples,
  { tagSet, heads, columnCount }: Layout,
  options: TrainOptions & { readonly message: string },
  work: Work,
): Promise<EncoderWeights> {
  const { sentenceWidth, tokenWidth, embeddings } = backbone;
  const rng = createRng(options.seed);
  const fresh = (name: string, dims: readonly number[]) => {
    const data = new Float32Array(dims.reduce((size, dim) => size * dim, 1));
    const deviation = name.endsWith('Weight') ? 0.01 : 0;
    for (let i = 0; i < data.length; i++) data[i] = deviation * rng.normal();
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
      createTaggerBucket(backbone, length, tuning.batchSize, sizes),
    ),
  );
  const rateOf = (name: string) =>
    name.startsWith('head') ? tuning.headRate : name in shapes ? tuning.transitionRate : 1;
  const plan: TrainingPlan = {
    buckets,
    batchSize: tuning.batchSize,
    classCount: columnCount,
    parameters: Array.from(initial, ([name, tensor]) => ({
      name,
      initial: tensor,
      isDecayed: tensor.dims.length > 1,
      rate: rateOf(name),
    })),
    tokenTable: { name: TOKEN_TABLE, initial: embeddings, isDecayed: false },
    dropout: { width: sentenceWidth + tokenWidth, ratio: tuning.dropout },
    wordDropout: tuning.wordDropout,
    objective: { kind: 'form', tagSet, heads },
    examples,
    epochs: tuning.epochs,
    schedule: { peak: tuning.rate, shape: 'linear', warmUpShare: tuning.warmUp },
    weightDecay: tuning.weightDecay,
    clipNorm: tuning.clipNorm,
    seed: options.seed,
    threads: options.threads,
  };
  const { arrays } = await trainInWorker(plan, options, work);
  return {
    embeddings: createTensor('float32', embeddings.dims, arrays[TOKEN_TABLE]!),
    parameters: new Map(
      Array.from(initial, ([name, { dims }]) => [
        name,
        createTensor('float32', dims, arrays[name]!),
      ]),
    ),
  };
}
