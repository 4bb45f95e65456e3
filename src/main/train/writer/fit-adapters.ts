import type { Provider } from '../../../shared/domain/provider.ts';
import type { Work } from '../../lib/work.ts';
import type { Decoder } from '../backbones/decoder/decoder.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { bucketLengths } from '../trainer/bucket-lengths.ts';
import type { Examples } from '../trainer/example-lists.ts';
import type { TrainingPlan, TrainingResult } from '../trainer/plan.ts';
import { trainInWorker } from '../trainer/train-in-worker.ts';
import { freshAdapters } from './adapters.ts';
import { createWriterBucket, frozenOf } from './graphs.ts';
import type { WriterSettings } from './settings.ts';

/** Tokens of a batch, padding included: more takes more memory and gains little. */
const BATCH_TOKENS = 1_024;
const MOST_ROWS = 8;

export interface FitOptions {
  readonly settings: WriterSettings;
  readonly seed: number;
  readonly threads: number;
  readonly provider?: Provider | undefined;
  readonly checkpoint?: Checkpoint | undefined;
  readonly message: string;
}

/** The plan of a training of adapters; its data can be sent to a thread. */
export async function planAdapters(
  decoder: Decoder,
  examples: Examples,
  validation: Examples | undefined,
  { settings, seed, threads, provider }: Omit<FitOptions, 'message' | 'checkpoint'>,
): Promise<TrainingPlan> {
  const parameters = freshAdapters(decoder, settings, seed);
  const all = [examples, ...(validation ? [validation] : [])];
  const longest = Math.max(...all.map(longestOf));
  const batchSize = Math.max(1, Math.min(MOST_ROWS, Math.floor(BATCH_TOKENS / longest)));
  const mostSaid = Math.max(...all.map(longestSaid));
  const lengths = new Set(all.flatMap((rows) => bucketLengths(rows, longest)));
  const buckets = [];
  // One after the other: each runs the model once to learn its shapes.
  for (const length of [...lengths].sort((x, y) => x - y))
    buckets.push(
      await createWriterBucket(decoder, parameters, length, {
        batchSize,
        slots: batchSize * Math.min(mostSaid, length),
        settings,
      }),
    );
  const width = settings.rank * decoder.adaptable.length;
  return {
    buckets,
    batchSize,
    classCount: 0,
    parameters,
    frozen: frozenOf(decoder),
    frozenTable: decoder.embeddings,
    ...(settings.dropout > 0 ? { dropout: { width, ratio: settings.dropout } } : {}),
    examples,
    ...(validation
      ? { validation: { examples: validation, patienceEpochs: settings.patienceEpochs } }
      : {}),
    epochs: settings.epochs,
    schedule: { peak: settings.learningRate, shape: 'linear', warmUpShare: 0.1 },
    weightDecay: 0.01,
    clipNorm: 1,
    seed,
    threads,
    provider,
  };
}

/** Trains adapters in a thread of its own. @throws AppError `train.memory`, `train.diverged`, `app.cancelled` */
export async function fitAdapters(
  decoder: Decoder,
  examples: Examples,
  validation: Examples | undefined,
  options: FitOptions,
  work: Work,
): Promise<TrainingResult> {
  const plan = await planAdapters(decoder, examples, validation, options);
  return trainInWorker(plan, { ...options, heedsEarlierWish: true }, work);
}

function longestOf({ tokens, count }: Examples): number {
  let longest = 1;
  for (let row = 0; row < count; row++)
    longest = Math.max(longest, tokens!.starts[row + 1]! - tokens!.starts[row]!); // they have tokens
  return longest;
}

function longestSaid({ tokens, saidFrom, count }: Examples): number {
  let longest = 1;
  for (let row = 0; row < count; row++) {
    const end = tokens!.starts[row + 1]! - tokens!.starts[row]!; // they have tokens
    longest = Math.max(longest, end - saidFrom![row]!);
  }
  return longest;
}
