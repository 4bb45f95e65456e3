import { z } from 'zod';
import type { Split } from '../domain/example.ts';
import type { Json } from '../domain/json.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

/** A quality gate: one number beside its threshold, and a sentence for people. */
export interface QualityGate {
  readonly id: string;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly value: number;
  readonly threshold: number;
  readonly message: string;
}

export interface CurateOutcome {
  /** Flagged findings of each check that ran. */
  readonly findings: Readonly<Record<string, number>>;
  readonly gates: readonly QualityGate[];
}

/** One check that has something to say of the task, as last run. */
export interface CheckLine {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  /** The check's own cut. */
  readonly defaultThreshold: number;
  /** All its findings, flagged or not; null when it never ran. */
  readonly scored: number | null;
  /** Flagged and not resolved. */
  readonly open: number;
  readonly resolved: number;
  /** Scores in 20 bins from 0 (worst) to 1. */
  readonly histogram: readonly number[];
}

/** One side of a finding. */
export interface FindingRecord {
  readonly key: number;
  readonly externalId: string;
  readonly text: string;
  readonly label: Json | null;
  readonly hasLabel: boolean;
  readonly split: Split;
  readonly status: string;
}

export interface FindingLine {
  readonly id: number;
  readonly check: string;
  /** In [0, 1], 0 worst. */
  readonly score: number;
  readonly isFlagged: boolean;
  readonly resolution: string | null;
  readonly record: FindingRecord;
  readonly other: FindingRecord | null;
  readonly evidence: Json;
  /** Why, in sentences; not every check has more to say than its explanation. */
  readonly reasons: readonly string[];
  /** Where in the record's text. Units: UTF-16 units, `end` exclusive. */
  readonly places: readonly {
    readonly kind: string;
    readonly start: number;
    readonly end: number;
  }[];
  /** Of label doubt: the likelier label and its probability. */
  readonly suggestion: { readonly output: Json; readonly probability: number } | null;
}

export const curateMethods = {
  /** All checks, or those named. */
  'curate.run': method<JobStarted>()(
    z.strictObject({ checks: z.array(z.string()).min(1).optional(), seed: z.int().default(1) }),
  ),
  'curate.checks': method<readonly CheckLine[]>()(z.strictObject({})),
  /** Worst first. */
  'curate.findings': method<{
    readonly findings: readonly FindingLine[];
    readonly next: string | null;
  }>()(
    z.strictObject({
      check: z.string(),
      isOnlyOpen: z.boolean().default(true),
      after: z.string().nullable().default(null),
      limit: z.int().min(1).max(500).default(50),
    }),
  ),
  /** Counts what a cut would flag, and with `isKept` flags it; never scores anew. */
  'curate.cut': method<{ readonly flagged: number }>()(
    z.strictObject({
      check: z.string(),
      threshold: z.number().min(0).max(1),
      isKept: z.boolean().default(false),
    }),
  ),
  /** What a person decides about a finding without changing the record: `dismissed`, or null to open it again. */
  'curate.resolve': method<true>()(
    z.strictObject({ id: z.int().positive(), resolution: z.enum(['dismissed']).nullable() }),
  ),
  'curate.gates': method<{
    readonly gates: readonly QualityGate[];
    readonly isStale: boolean;
    readonly atMs: number | null;
  }>()(z.strictObject({})),
};
