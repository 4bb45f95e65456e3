import type { TrainingPlan } from './plan.ts';
import type { Position } from './snapshot.ts';

/** How far a training is. */
export interface TrainingProgress {
  /** Units: steps. */
  readonly done: number;
  readonly total: number;
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of the epoch so far. */
  readonly loss: number;
  readonly examplesPerSecond: number;
  readonly secondsLeft: number;
}

const INTERVAL_MS = 200;

/** Reports at most five times a second; rates are those since the start of this run. */
export function createMeter(
  { examples }: TrainingPlan,
  { stepsPerEpoch, total }: { readonly stepsPerEpoch: number; readonly total: number },
  position: Position,
  report: (progress: TrainingProgress) => void,
): { report(): void } {
  const doneSteps = () => position.epoch * stepsPerEpoch + position.batches;
  const first = doneSteps();
  const startMs = performance.now();
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    report() {
      const now = performance.now();
      const done = doneSteps();
      if (now - lastMs < INTERVAL_MS && done < total) return;
      lastMs = now;
      const secondsPerStep = (now - startMs) / 1e3 / (done - first);
      report({
        done,
        total,
        epoch: position.epoch + 1,
        loss: position.lossSum / position.batches,
        examplesPerSecond: examples.count / stepsPerEpoch / secondsPerStep,
        secondsLeft: (total - done) * secondsPerStep,
      });
    },
  };
}
