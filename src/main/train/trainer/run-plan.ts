import { AppError, throwIfCancelled } from '../../../shared/errors.ts';
import { type AdamW, createAdamW } from '../../onnx/optimisers/adam-w.ts';
import { learningRate } from '../../onnx/optimisers/schedule.ts';
import { dealBatches } from './batches.ts';
import { assignBuckets, createBucketGraphs } from './bucket-graphs.ts';
import { measureLoss } from './measure-loss.ts';
import type { TrainingPlan, TrainingResult } from './plan.ts';
import { createMeter, type TrainingProgress } from './progress-meter.ts';
import {
  decodeSnapshot,
  encodeSnapshot,
  hashPlan,
  type Position,
  startPosition,
} from './snapshot.ts';
import { toTableSpecs } from './table-specs.ts';

/** How a training talks to the thread that wants it. */
export interface TrainingHost {
  /** Once true, the training saves what is done and throws. Asked between two steps. */
  isCancelled(): boolean;
  /** Once true, the training ends with the best epoch so far; with the first one, when none is finished yet. */
  isFinishing(): boolean;
  report(progress: TrainingProgress): void;
  /** Absent when nobody keeps snapshots. */
  readonly save: ((snapshot: Uint8Array) => void) | undefined;
}

const SAVE_INTERVAL_MS = 30_000;

/**
 * Trains by the plan. The order of rows and what is dropped follow from the seed, so that on one thread the same
 * plan gives the same bits, also when it was cut off and goes on from a snapshot.
 * @throws AppError `train.diverged` when loss or gradient is no longer a number, `app.cancelled`
 */
export async function runPlan(
  plan: TrainingPlan,
  host: TrainingHost,
  snapshot?: Uint8Array,
): Promise<TrainingResult> {
  const adamW = createAdamW(plan.parameters, toTableSpecs(plan), plan);
  const graphs = createBucketGraphs(plan, adamW);
  const planHash = hashPlan(plan);
  const bucketOfRow = assignBuckets(plan, plan.examples);
  const stepsPerEpoch = dealBatches(bucketOfRow, plan, 0).length;
  const total = Math.round(stepsPerEpoch * plan.epochs);
  const rates = { ...plan.schedule, total, warmUp: Math.round(total * plan.schedule.warmUpShare) };

  const saved = decodeSnapshot(snapshot, planHash);
  if (saved) adamW.restore(saved.adamW);
  const position: Position = saved?.position ?? startPosition();
  const meter = createMeter(plan, { stepsPerEpoch, total }, position, host.report);
  let savedMs = performance.now();
  const save = () => {
    savedMs = performance.now();
    host.save?.(encodeSnapshot({ planHash, position, adamW: adamW.state() }));
  };

  async function step(batch: ReturnType<typeof dealBatches>[number]): Promise<void> {
    const number = position.epoch * stepsPerEpoch + position.batches;
    graphs.feedsOf(batch.bucket).fill(plan.examples, batch, number);
    const loss = await graphs.train(batch);
    if (!Number.isFinite(loss)) throw diverged(number);
    adamW.step(learningRate(rates, number));
    position.lossSum += loss;
    position.batches++;
  }

  /** Of the last epoch that was finished in this run, where no validation rows say which was best. */
  let last: TrainingResult['arrays'] | undefined;
  const kept = () => position.best?.arrays ?? last;

  /** Adds to the curve, and remembers the epoch that was best on the validation rows. */
  async function finishEpoch(): Promise<void> {
    const { epoch, curve } = position;
    const point = { epoch: epoch + 1, loss: position.lossSum / position.batches };
    position.batches = 0;
    position.lossSum = 0;
    position.epoch++;
    if (!plan.validation) {
      curve.push(point);
      last = takeArrays(adamW);
      return;
    }
    const loss = await measureLoss(plan, plan.validation.examples, graphs);
    curve.push({ ...point, validationLoss: loss });
    if (!position.best || loss < position.best.loss)
      position.best = { epoch, loss, arrays: takeArrays(adamW) };
  }

  /** After all steps, or when the validation rows have not got better for long enough. */
  const isDone = () => {
    const { epoch, best } = position;
    if (epoch * stepsPerEpoch >= total) return true;
    return plan.validation && best && epoch - 1 - best.epoch >= plan.validation.patienceEpochs;
  };

  let endedEarly: TrainingResult['endedEarly'];
  try {
    while (!isDone() && !endedEarly) {
      // The last epoch may be a part of one.
      const left = total - position.epoch * stepsPerEpoch;
      const batches = dealBatches(bucketOfRow, plan, position.epoch).slice(0, left);
      while (position.batches < batches.length) {
        if (host.isCancelled()) {
          save();
          throwIfCancelled(AbortSignal.abort());
        }
        if (host.isFinishing() && kept()) {
          const epoch = (position.best?.epoch ?? position.epoch - 1) + 1;
          endedEarly = { epoch, epochs: Math.ceil(plan.epochs) };
          break;
        }
        await step(batches[position.batches]!); // below the length
        meter.report();
        if (performance.now() - savedMs > SAVE_INTERVAL_MS) save();
      }
      if (!endedEarly) await finishEpoch();
    }
    // Whoever asks again for the same training, because the process died since, has it at once.
    save();
  } finally {
    await graphs.close();
  }
  return {
    arrays: kept() ?? takeArrays(adamW),
    curve: position.curve,
    ...(endedEarly && { endedEarly }),
  };
}

/** Copies of all parameters and tables. */
function takeArrays({ parameters, tables }: AdamW): Record<string, Float32Array> {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, { data }] of Object.entries(parameters)) arrays[name] = data.slice();
  for (const [name, table] of Object.entries(tables)) arrays[name] = table.toArray();
  return arrays;
}

function diverged(step: number): AppError {
  return new AppError(
    'train.diverged',
    `The loss of step ${step + 1} is not a number, so the training was stopped; the project is as before. Train again with another --seed, or choose the student "linear".`,
  );
}
