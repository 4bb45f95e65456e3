import { z } from 'zod';
import type { AugmentOutcome } from './augment.ts';
import type { ImportOutcome } from './collect.ts';
import type { CurateOutcome } from './curate.ts';
import type { EvaluationReport } from './evaluate.ts';
import type { ExportOutcome } from './export.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';
import type { Certificate, SplitOutcome } from './review.ts';
import type { RouteOutcome } from './route.ts';
import type { TeachOutcome } from './teach.ts';
import type { TrainOutcome } from './train.ts';

/** What each kind of job ends with: `JobEvent.result` of state `done`. */
export interface JobResults {
  readonly import: ImportOutcome;
  readonly teach: TeachOutcome;
  readonly curate: CurateOutcome;
  readonly augment: AugmentOutcome;
  readonly split: SplitOutcome;
  readonly seal: Certificate;
  readonly train: TrainOutcome;
  readonly evaluate: EvaluationReport;
  readonly route: RouteOutcome;
  readonly export: ExportOutcome;
}

export type JobKind = keyof JobResults;
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** One job of the project's past, or the one at work. Times are Unix milliseconds. */
export interface JobLine {
  readonly id: number;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | null;
  readonly message: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly error: string | null;
  /** An interrupted or cancelled job that goes on where it stopped when resumed. */
  readonly isResumable: boolean;
}

/** One point of a live curve: names of figures and their values, such as `{epoch: 3, trainLoss: 0.41}`. */
export type CurvePoint = Readonly<Record<string, number>>;

const jobId = z.strictObject({ id: z.int().positive() });

export const jobMethods = {
  /** Newest first. */
  'jobs.list': method<readonly JobLine[]>()(
    z.strictObject({ limit: z.int().min(1).max(200).default(50) }),
  ),
  /** False when it had ended already. Finished work is kept. */
  'jobs.cancel': method<{ readonly cancelled: boolean }>()(jobId),
  /** Stops it so that it can be resumed: its row is `interrupted`. False when it had ended already. */
  'jobs.pause': method<{ readonly paused: boolean }>()(jobId),
  /**
   * Asks a training to end with the best that it has: it is then done, with a student. One that has finished no epoch
   * finishes its first. False when it had ended already, or is no training.
   */
  'jobs.finish': method<{ readonly finishing: boolean }>()(jobId),
  /** Runs an interrupted, cancelled or failed job again with the same settings. */
  'jobs.resume': method<JobStarted>()(
    jobId.extend({ apiKey: z.string().min(1).optional(), keyName: z.string().min(1).optional() }),
  ),
  /** Lets interrupted jobs go: they are not offered for resuming any more. What they finished is kept. */
  'jobs.discard': method<true>()(z.strictObject({ ids: z.array(z.int().positive()).max(1000) })),
  /** All points of a running job's curve so far; empty for kinds without one. */
  'jobs.points': method<readonly CurvePoint[]>()(jobId),
};
