import { z } from 'zod';
import type { Consent, Origin } from '../domain/example.ts';
import type { Json } from '../domain/json.ts';
import type { Estimate } from '../domain/metrics.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

export const verdicts = ['approve', 'correct', 'reject', 'skip'] as const;
export type Verdict = (typeof verdicts)[number];

/** A record that a person should look at. */
export interface ReviewItem {
  readonly id: string;
  readonly text: string;
  readonly context: string | null;
  readonly split: string;
  readonly origin: Origin;
  readonly consent: Consent;
  /** The current label; left out for holdout records, so that nothing steers the reviewer. */
  readonly label?: Json;
  readonly author?: string;
  /** A likelier label where there is one; left out for holdout records. */
  readonly suggestion?: { readonly output: Json; readonly probability: number };
  /** Fields that a student of the other records was unsure of, the least sure first. */
  readonly doubtful?: readonly DoubtfulField[];
  readonly reasons: readonly string[];
}

/** By the slot's name; confidence in [0, 1]. */
export interface DoubtfulField {
  readonly field: string;
  readonly confidence: number;
}

export interface DecideOutcome {
  readonly decided: number;
  readonly changed: number;
}

export interface BulkDecideOutcome extends DecideOutcome {
  /** Left for a person to look at one by one. */
  readonly skipped: {
    readonly highStakes: number;
    readonly withoutLabel: number;
    readonly sealed: number;
  };
}

/** Rows in each split afterwards. */
export interface SplitOutcome {
  readonly train: number;
  readonly calibration: number;
  readonly holdout: number;
  readonly unassigned: number;
  /** Of the unassigned: rows that touch the holdout or the calibration split. */
  readonly keptOut: number;
  readonly groups: number;
}

/** What a sealed holdout is, so that anyone can check later that it is still the same. */
export interface Certificate {
  readonly rows: number;
  readonly sha256: string;
  readonly countsByLabel: Readonly<Record<string, number>>;
  readonly reviewers: readonly string[];
  readonly nearest: readonly {
    readonly id: string;
    readonly holdout: string;
    readonly similarity: number;
  }[];
  /** 95 % interval of an accuracy of 90 % measured on so many rows. */
  readonly intervalAt90: Estimate;
  readonly sealedAt: string;
}

export interface ReviewState {
  /** Records that a person has decided. */
  readonly decided: number;
  /** Records with a label that nobody has looked at. */
  readonly unreviewed: number;
  readonly skipped: number;
  readonly seal: Certificate | null;
  readonly looks: {
    readonly train: number;
    readonly calibration: number;
    readonly holdout: number;
  };
  readonly holdout: {
    readonly rows: number;
    readonly reviewed: number;
  };
  /** Of records that two people judged. */
  readonly agreement: {
    readonly pairs: number;
    readonly agreement: number | null;
    readonly kappa: number | null;
  };
}

/** A decision that was made, newest first: the strip below the card. */
export interface DecidedLine {
  readonly id: string;
  readonly verdict: Verdict;
  readonly output: Json | null;
  readonly reviewer: string;
}

const reviewer = z.string().trim().min(1).max(200);
const decision = z.strictObject({
  id: z.string(),
  verdict: z.enum(verdicts),
  /** The right output, for `correct`. */
  output: z.json().optional(),
  seconds: z.number().min(0).optional(),
});

/** What a type of reply would say to a record; a value that is not known stands as its name in brackets. */
export interface ProposedReply {
  readonly name: string;
  readonly reply: string;
}

export const reviewMethods = {
  /** By the types of the newest student of replies; none without one. The type of the record's own reply first. */
  'review.replies': method<readonly ProposedReply[]>()(z.strictObject({ id: z.string() })),
  'review.next': method<{ readonly items: readonly ReviewItem[] }>()(
    z.strictObject({ count: z.int().min(1).max(1_000).default(20) }),
  ),
  'review.state': method<ReviewState>()(z.strictObject({})),
  'review.history': method<readonly DecidedLine[]>()(
    z.strictObject({ limit: z.int().min(1).max(1_000).default(50) }),
  ),
  /** All of them or none; one step to undo. */
  'review.decide': method<DecideOutcome>()(
    z.strictObject({ reviewer, decisions: z.array(decision).min(1).max(10_000) }),
  ),
  /** Every record that a filter names. */
  'review.decideWhere': method<BulkDecideOutcome>()(
    z.strictObject({
      filter: z.string().min(1),
      verdict: z.enum(['approve', 'reject', 'skip']),
      reviewer,
      includesHighStakes: z.boolean().default(false),
    }),
  ),
  /** Lets the sample's recorded reviewers decide the next records; only in a sample project. */
  'review.recorded': method<DecideOutcome>()(
    z.strictObject({ count: z.int().min(1).max(5_000).default(400) }),
  ),
  'review.split': method<JobStarted>()(
    z.strictObject({
      holdout: z.number().min(0).max(0.9).default(0.2),
      calibration: z.number().min(0).max(0.9).default(0.1),
      seed: z.int().default(1),
    }),
  ),
  'review.seal': method<JobStarted>()(z.strictObject({})),
};
