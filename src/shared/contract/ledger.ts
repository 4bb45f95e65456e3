import { z } from 'zod';
import type { Purpose } from '../domain/example.ts';
import { method } from './method.ts';

/** How a try ended: an answer came, a refusal or no connection, or nobody knows whether it arrived. */
export type SendOutcome = 'sent' | 'failed' | 'unknown';

/** One link of the chain: an attempt, or the outcome of one. It says what left, never the text. */
export interface LedgerLine {
  readonly seq: number;
  readonly event: 'attempt' | 'outcome';
  readonly atMs: number;
  readonly destination: string;
  readonly isLoopback: boolean;
  readonly purpose: Purpose;
  readonly model: string;
  readonly exampleIds: readonly string[];
  readonly grantIds: readonly number[];
  readonly payloadSha256: string;
  readonly bytes: number;
  readonly redactions: number;
  /** Of an outcome: the attempt that it ends. */
  readonly attempt?: number;
  readonly outcome?: SendOutcome;
  readonly status?: number | null;
  readonly costUsd?: number | null;
}

/** One request that left: an attempt with its outcome joined to it. */
export interface LedgerEntryLine extends Omit<LedgerLine, 'event' | 'attempt' | 'outcome'> {
  /** `pending` while no outcome is known. */
  readonly outcome: SendOutcome | 'pending';
  readonly endedAtMs: number | null;
}

export interface LedgerCheck {
  readonly entries: number;
  readonly valid: boolean;
  readonly firstBad?: number;
  readonly reason?: string;
}

export const ledgerMethods = {
  /** Newest first; give the last `seq` as `before` for the next page. */
  'ledger.list': method<{
    readonly entries: readonly LedgerEntryLine[];
    readonly next: number | null;
    readonly total: number;
  }>()(
    z.strictObject({
      before: z.int().positive().nullable().default(null),
      limit: z.int().min(1).max(1_000).default(200),
    }),
  ),
  'ledger.verify': method<LedgerCheck>()(z.strictObject({})),
  /** Writes all links as CSV. */
  'ledger.save': method<{ readonly path: string; readonly entries: number }>()(
    z.strictObject({ path: z.string().min(1) }),
  ),
};
