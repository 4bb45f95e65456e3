import { cutIntoBatches } from './batches.ts';
import { assignBuckets, type BucketGraphs } from './bucket-graphs.ts';
import type { Examples } from './example-lists.ts';
import type { TrainingPlan } from './plan.ts';

/** Mean over rows that are not trained on, by weight: of -Σ p ln softmax(scores), or of the objective's loss. */
export async function measureLoss(
  plan: TrainingPlan,
  examples: Examples,
  graphs: BucketGraphs,
): Promise<number> {
  const { classCount, batchSize } = plan;
  const buckets = assignBuckets(plan, examples);
  const { starts, classes, shares } = examples.targets;
  let sum = 0;
  let mass = 0;
  for (const batch of cutIntoBatches([...buckets.keys()], buckets, batchSize)) {
    graphs.feedsOf(batch.bucket).fill(examples, batch);
    const all = await graphs.score(batch.bucket);
    if (graphs.objective) {
      const measured = graphs.objective.evaluate(examples, batch.rows, all);
      sum += measured.loss;
      mass += measured.weight;
      continue;
    }
    if (all.loss && all.mass) {
      sum += all.loss.data[0]! * all.mass.data[0]!; // one number each
      mass += all.mass.data[0]!;
      continue;
    }
    const scores = all.scores!.data; // what every other scoring graph gives
    batch.rows.forEach((row, b) => {
      const own = scores.subarray(b * classCount, (b + 1) * classCount);
      const logTotal = logSumExp(own);
      for (let k = starts[row]!; k < starts[row + 1]!; k++) {
        const weight = examples.weights[row]! * shares[k]!;
        sum += weight * (logTotal - own[classes[k]!]!);
        mass += weight;
      }
    });
  }
  return sum / mass;
}

/** ln Σ e^x, without overflow. */
function logSumExp(values: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) largest = Math.max(largest, value);
  let total = 0;
  for (const value of values) total += Math.exp(value - largest);
  return largest + Math.log(total);
}
