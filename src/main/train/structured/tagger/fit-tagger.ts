import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { EncoderWeights } from '../../backbones/stored-encoder.ts';
import type { TrainOptions } from '../../students/student.ts';
import { toExamples } from '../../trainer/examples.ts';
import { type Examples, TOKEN_TABLE, type TrainingPlan } from '../../trainer/plan.ts';
import { trainInWorker } from '../../trainer/train-in-worker.ts';
import { type TagSet, toTags } from '../crf/tags.ts';
import type { StructuredRow } from '../structured-student.ts';
import { type ChoiceHeads, toColumns } from './choice-heads.ts';
import { transitionShapes } from './form-objective.ts';
import { createTaggerBucket } from './graphs.ts';
import { type HeadSizes, headShapes } from './heads.ts';
import type { Pieces } from './pieces.ts';

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
const LENGTHS = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

export async function fitTagger(
  backbone: Backbone,
  examples: Examples,
  { tagSet, choices, sizes }: { tagSet: TagSet; choices: ChoiceHeads; sizes: HeadSizes },
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
  const shapes = {
    ...headShapes(sentenceWidth, tokenWidth, sizes),
    ...transitionShapes(sizes.tagCount),
  };
  const initial = new Map([
    ...backbone.parameters,
    ...Object.entries(shapes).map(([name, dims]) => fresh(name, dims)),
  ]);
  const buckets = await Promise.all(
    lengthsOf(examples, backbone.maxLength).map((length) =>
      createTaggerBucket(backbone, length, tuning.batchSize, sizes),
    ),
  );
  const rateOf = (name: string) =>
    name.startsWith('head') ? tuning.headRate : name in shapes ? tuning.transitionRate : 1;
  const plan: TrainingPlan = {
    buckets,
    batchSize: tuning.batchSize,
    classCount: sizes.frameCount,
    parameters: Array.from(initial, ([name, tensor]) => ({
      name,
      initial: tensor,
      isDecayed: tensor.dims.length > 1,
      rate: rateOf(name),
    })),
    tokenTable: { name: TOKEN_TABLE, initial: embeddings, isDecayed: false },
    dropout: { width: sentenceWidth + tokenWidth, ratio: tuning.dropout },
    wordDropout: tuning.wordDropout,
    objective: { kind: 'form', tagSet, choices },
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

/** Rows as arrays; those of weight 0 are left out. */
export function toTaggerExamples(
  rows: readonly StructuredRow[],
  pieces: readonly Pieces[],
  { tagSet, choices }: { tagSet: TagSet; choices: ChoiceHeads },
): Examples {
  const used = [...rows.keys()].filter((row) => rows[row]!.weight > 0);
  const set = {
    inputs: rows.map(({ input }) => input),
    targets: rows.map(({ frame }) => frame),
    weights: rows.map(({ weight }) => weight),
    classes: [],
  };
  const join = (listOf: (row: number) => ArrayLike<number>) => joinLists(used.map(listOf));
  const examples = toExamples(set, { tokens: pieces.map(({ ids }) => ids) }, used);
  return {
    ...examples,
    tokens: { ...examples.tokens!, words: join((row) => pieces[row]!.wordOf).ids }, // given above
    tags: join((row) => {
      const { frame, spans, isTagged } = rows[row]!;
      const { words, wordCount } = pieces[row]!;
      const tags = isTagged ? toTags(tagSet, frame, words, spans) : undefined;
      return tags?.subarray(0, wordCount) ?? [];
    }),
    choices: join((row) => toColumns(choices, rows[row]!)),
  };
}

function joinLists(lists: readonly ArrayLike<number>[]) {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => {
    starts[i + 1] = starts[i]! + list.length;
  });
  const ids = new Int32Array(starts.at(-1)!); // at least the first 0
  lists.forEach((list, i) => {
    ids.set(list, starts[i]!);
  });
  return { starts, ids };
}

/** The lengths of buckets that some row falls into. */
function lengthsOf({ tokens, count }: Examples, maxLength: number): number[] {
  const lengths = [...LENGTHS.filter((length) => length < maxLength), maxLength];
  const used = new Set<number>();
  for (let row = 0; row < count; row++) {
    const own = tokens!.starts[row + 1]! - tokens!.starts[row]!; // examples of an encoder have tokens
    used.add(lengths.find((length) => length >= own) ?? maxLength);
  }
  return lengths.filter((length) => used.has(length));
}
