import type { AdamW } from '../../onnx/optimisers/adam-w.ts';
import { createSession, type Session } from '../../onnx/session.ts';
import type { Tensor } from '../../onnx/tensor.ts';
import { createFeeds, type Feeds } from './feeds.ts';
import type { Examples, TrainingPlan } from './plan.ts';

/** The graphs of a plan's buckets, all on the same parameters, each loaded when it is first needed. */
export interface BucketGraphs {
  feedsOf(bucket: number): Feeds;
  /** Forward and backward on what the feeds hold; the gradients are then in place. */
  train(bucket: number): Promise<number>;
  /** Shapes: [B, C] */
  score(bucket: number): Promise<Float32Array>;
  close(): Promise<void>;
}

export function createBucketGraphs(plan: TrainingPlan, adamW: AdamW): BucketGraphs {
  const feeds = new Map<number, Feeds>();
  const sessions = new Map<Uint8Array, Session>();
  const gradients = Object.fromEntries(
    Object.entries(adamW.gradients).map(([name, tensor]) => [`d ${name}`, tensor]),
  );

  function feedsOf(bucket: number): Feeds {
    const known = feeds.get(bucket);
    if (known) return known;
    const made = createFeeds(plan, adamW, plan.buckets[bucket]!.length); // an index of this list
    feeds.set(bucket, made);
    return made;
  }

  async function run(bucket: number, model: Uint8Array): Promise<Record<string, Tensor>> {
    let session = sessions.get(model);
    if (!session) {
      session = await createSession(model, { threads: plan.threads });
      sessions.set(model, session);
    }
    const { tensors, into } = feedsOf(bucket);
    return session.run(
      pick(session.inputNames, { ...adamW.parameters, ...tensors }),
      pick(session.outputNames, { ...gradients, ...into }),
    );
  }

  return {
    feedsOf,
    async train(bucket) {
      const { loss } = await run(bucket, plan.buckets[bucket]!.training);
      feedsOf(bucket).learn();
      return Number(loss!.data[0]); // every training graph gives a loss
    },
    async score(bucket) {
      const { scores } = await run(bucket, plan.buckets[bucket]!.scoring);
      return scores!.data as Float32Array; // every scoring graph gives scores in float32
    },
    async close() {
      for (const session of sessions.values()) await session.close();
    },
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

function pick(
  names: readonly string[],
  from: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));
}
