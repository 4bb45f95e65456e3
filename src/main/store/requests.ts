import type { JobState } from '../../shared/contract/jobs.ts';
import type { Purpose } from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

export const requestStates = ['sending', 'finished', 'failed', 'unknown'] as const;
export type RequestState = (typeof requestStates)[number];

export interface NewRequest {
  readonly jobId: number | null;
  readonly exampleId: number;
  /** Which of the k answers of an example, from 0. */
  readonly sample: number;
  readonly purpose: Purpose;
  /** What was asked beyond the example's label; empty for a label. */
  readonly variant: string;
  readonly provider: string;
  readonly destination: string;
  readonly model: string;
  readonly payloadSha256: string;
  readonly payloadBytes: number;
  readonly reservedUsd: number;
}

/** A request with what became of it and of the job that made it. */
export interface RequestHistory {
  readonly exampleId: number;
  readonly variant: string;
  readonly sample: number;
  readonly state: RequestState;
  readonly jobState: JobState | null;
  readonly replyId: number | null;
  readonly raw: string | null;
}

export interface Settlement {
  readonly state: Exclude<RequestState, 'sending'>;
  readonly tries: number;
  readonly costUsd: number | null;
  /** What may have been charged without our knowing, such as a reply that never came. */
  readonly reservedUsd: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly error: string | null;
}

/** One row a question to a teacher, written before it is sent, so that no end of the process forgets a paid call. */
export function createRequests(db: Database) {
  const insert = db.prepare(
    `INSERT INTO request (job_id, example_id, sample, purpose, variant, provider, destination, model,
       payload_sha256, payload_bytes, state, reserved_usd, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?)`,
  );
  const settle = db.prepare(
    `UPDATE request SET state = ?, tries = ?, cost_usd = ?, reserved_usd = ?, input_tokens = ?, output_tokens = ?,
       error = ?, ended_at_ms = ? WHERE id = ?`,
  );
  return {
    /** Call in a transaction of its own, before the socket opens. */
    start(request: NewRequest): number {
      const result = insert.run(
        request.jobId,
        request.exampleId,
        request.sample,
        request.purpose,
        request.variant,
        request.provider,
        request.destination,
        request.model,
        request.payloadSha256,
        request.payloadBytes,
        request.reservedUsd,
        Date.now(),
      );
      return Number(result.lastInsertRowid);
    },
    settle(id: number, end: Settlement): void {
      settle.run(
        end.state,
        end.tries,
        end.costUsd,
        end.reservedUsd,
        end.inputTokens,
        end.outputTokens,
        end.error,
        Date.now(),
        id,
      );
    },
    /** Requests that a dead process left open: what became of them cannot be known. */
    markOpenUnknown(): number {
      return db
        .prepare(
          `UPDATE request SET state = 'unknown', ended_at_ms = ?,
             error = 'The process ended before the answer came; it may have been charged.' WHERE state = 'sending'`,
        )
        .run(Date.now()).changes;
    },
    /** Samples per example that a model was already asked for, in one of the states. */
    samples(
      asked: { purpose: Purpose; provider: string; model: string },
      states: readonly RequestState[],
    ): Map<number, Set<number>> {
      const marks = states.map(() => '?').join(', ');
      const rows = db
        .prepare(
          `SELECT example_id AS exampleId, sample FROM request
           WHERE purpose = ? AND provider = ? AND model = ? AND state IN (${marks})`,
        )
        .all(asked.purpose, asked.provider, asked.model, ...states) as {
        exampleId: number;
        sample: number;
      }[];
      const result = new Map<number, Set<number>>();
      for (const { exampleId, sample } of rows) {
        const known = result.get(exampleId);
        if (known) known.add(sample);
        else result.set(exampleId, new Set([sample]));
      }
      return result;
    },
    /** Everything that a model was asked for a purpose, in order, with the replies. */
    history(asked: { purpose: Purpose; provider: string; model: string }): RequestHistory[] {
      return db
        .prepare(
          `SELECT r.example_id AS exampleId, r.variant, r.sample, r.state, j.state AS jobState, p.id AS replyId, p.raw
           FROM request r LEFT JOIN job j ON j.id = r.job_id LEFT JOIN reply p ON p.request_id = r.id
           WHERE r.purpose = ? AND r.provider = ? AND r.model = ? ORDER BY r.id`,
        )
        .all(asked.purpose, asked.provider, asked.model) as RequestHistory[];
    },
    /** What answers from teachers came to, over every example that has a settled price; undefined without any. */
    cost(): { examples: number; totalUsd: number } | undefined {
      const row = db
        .prepare(
          `SELECT count(DISTINCT example_id) AS examples, total(cost_usd) AS totalUsd FROM request
           WHERE cost_usd IS NOT NULL AND state = 'finished' AND purpose <> 'augment'`,
        )
        .get() as { examples: number; totalUsd: number };
      return row.examples === 0 ? undefined : row;
    },
    countByState(): Readonly<Partial<Record<RequestState, number>>> {
      const rows = db.prepare('SELECT state, count(*) FROM request GROUP BY state').raw().all();
      // Two columns: the state, which the table checks, and a count.
      return Object.fromEntries(rows as [RequestState, number][]);
    },
  };
}
