import type { KeptValue } from '../../onnx/graph/split-graph.ts';
import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import { createSession } from '../../onnx/session.ts';
import { createTensor, sizeOf, type Tensor } from '../../onnx/tensor.ts';
import type { Batch } from './batches.ts';
import type { Examples } from './example-lists.ts';
import { createFeeds, type Feeds } from './feeds.ts';
import type { Arrays, Objective } from './objective.ts';
import { createObjective } from './objectives.ts';
import { createOpenSessions } from './open-sessions.ts';
import type { Bucket, TrainingPlan } from './plan.ts';

/** The graphs of a plan's buckets, all on the same parameters. */
export interface BucketGraphs {
  feedsOf(bucket: number): Feeds;
  /** Forward and backward on what the feeds hold, which is a batch of the plan's rows; the gradients are then in place. */
  train(batch: Batch): Promise<number>;
  /** What the scoring graph gives: `scores` [B, C], or those of the objective. */
  score(bucket: number): Promise<Arrays>;
  readonly objective: Objective | undefined;
  close(): Promise<void>;
}

export function createBucketGraphs(plan: TrainingPlan, adamW: AdamW): BucketGraphs {
  const objective = plan.objective && createObjective(plan.objective, adamW.parameters);
  const feeds = new Map<number, Feeds>();
  const sessions = createOpenSessions(plan.buckets, (model) =>
    createSession(model, { threads: plan.threads, provider: plan.provider }),
  );
  const gradients = Object.fromEntries(
    Object.entries(adamW.gradients).map(([name, tensor]) => [`d ${name}`, tensor]),
  );

  function feedsOf(bucket: number): Feeds {
    const known = feeds.get(bucket);
    if (known) return known;
    const made = createFeeds(plan, adamW, plan.buckets[bucket]!); // an index of this list
    feeds.set(bucket, made);
    return made;
  }

  async function run(
    bucket: number,
    model: Uint8Array,
    more: Arrays = {},
  ): Promise<Record<string, Tensor>> {
    const session = await sessions.of(bucket, model);
    const { tensors, into } = feedsOf(bucket);
    return session.run(
      pick(session.inputNames, { ...plan.frozen, ...adamW.parameters, ...tensors, ...more }),
      pick(session.outputNames, { ...gradients, ...into, ...more }),
    );
  }

  const lend = createLender(plan);
  const scoreGradients = new Map<number, Arrays>();

  /** Forward, the objective, backward. */
  async function trainInHalves(
    { bucket, rows }: Batch,
    { evaluate }: Objective,
    { training, backward }: Required<Pick<Bucket, 'training' | 'backward'>>,
  ): Promise<number> {
    const kept = lend(backward.kept);
    const scores = omit(await run(bucket, training, kept), kept);
    let own = scoreGradients.get(bucket);
    if (!own) {
      own = gradientsLike(scores);
      scoreGradients.set(bucket, own);
    }
    const { loss, weight } = evaluate(plan.examples, rows, scores, { ...adamW.gradients, ...own });
    await run(bucket, backward.model, { ...kept, ...own });
    return loss / weight;
  }

  return {
    feedsOf,
    objective,
    async train(batch) {
      const { training, backward } = plan.buckets[batch.bucket]!; // an index of this list
      const loss =
        objective && backward
          ? await trainInHalves(batch, objective, { training, backward })
          : Number((await run(batch.bucket, training)).loss!.data[0]); // a whole graph gives a loss
      feedsOf(batch.bucket).learn();
      return loss;
    },
    score: async (bucket) => (await run(bucket, plan.buckets[bucket]!.scoring)) as Arrays, // all are float32
    close: () => sessions.close(),
  };
}

/** The bucket of each row: the shortest that it fits, or else the last, which cuts it. */
export function assignBuckets({ buckets }: TrainingPlan, { count, tokens }: Examples): number[] {
  return Array.from({ length: count }, (_, row) => {
    const length = tokens ? tokens.starts[row + 1]! - tokens.starts[row]! : 0;
    const bucket = buckets.findIndex((candidate) => candidate.length >= length);
    return bucket < 0 ? buckets.length - 1 : bucket;
  });
}

/** Arrays for what is kept between two halves; all buckets share one memory, since one batch runs at a time. */
function createLender({ buckets }: TrainingPlan): (kept: readonly KeptValue[]) => Arrays {
  const sizes = buckets.map(({ backward }) => sizeOfKept(backward?.kept ?? []));
  let memory: Float32Array | undefined;
  const lent = new Map<readonly KeptValue[], Arrays>();
  return (kept) => {
    const known = lent.get(kept);
    if (known) return known;
    memory ??= new Float32Array(Math.max(...sizes));
    let next = 0;
    const made: Record<string, Tensor<'float32'>> = {};
    for (const { name, dims } of kept) {
      const start = next;
      next += sizeOf(dims);
      made[name] = createTensor('float32', dims, memory.subarray(start, next));
    }
    lent.set(kept, made);
    return made;
  };
}

function sizeOfKept(kept: readonly KeptValue[]): number {
  return kept.reduce((sum, { dims }) => sum + sizeOf(dims), 0);
}

function omit(all: Readonly<Record<string, Tensor>>, without: Arrays): Arrays {
  const rest = Object.entries(all).filter(([name]) => !without[name]);
  return Object.fromEntries(rest) as Arrays; // an objective's scores are float32
}

function gradientsLike(scores: Arrays): Arrays {
  return Object.fromEntries(
    Object.entries(scores).map(([name, { dims }]) => [
      `d ${name}`,
      createTensor('float32', dims, new Float32Array(sizeOf(dims))),
    ]),
  );
}

function pick(
  names: readonly string[],
  from: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));
}
