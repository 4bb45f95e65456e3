import type { JobState } from '../../shared/contract/jobs.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface Job {
  readonly id: number;
  readonly kind: string;
  readonly config: Json;
  readonly seed: number | null;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | null;
  readonly message: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** Why it failed, in words; null when it did not. */
  readonly error: string | null;
}

/** Every long step is a row, so that it can be shown, cancelled and resumed after any end of the process. */
export function createJobs(db: Database) {
  const progress = db.prepare('UPDATE job SET done = ?, total = ?, message = ? WHERE id = ?');
  return {
    start(kind: string, config: Json, seed: number | null): number {
      const result = db
        .prepare(
          "INSERT INTO job (kind, config_json, seed, state, started_at_ms) VALUES (?, ?, ?, 'running', ?)",
        )
        .run(kind, JSON.stringify(config), seed, Date.now());
      return Number(result.lastInsertRowid);
    },
    progress(id: number, done: number, total: number | null, message: string): void {
      progress.run(done, total, message, id);
    },
    end(id: number, state: JobState, outcome: { result?: Json; error?: Json }): void {
      db.prepare(
        'UPDATE job SET state = ?, result_json = ?, error_json = ?, ended_at_ms = ? WHERE id = ?',
      ).run(
        state,
        outcome.result === undefined ? null : JSON.stringify(outcome.result),
        outcome.error === undefined ? null : JSON.stringify(outcome.error),
        Date.now(),
        id,
      );
    },
    /** Jobs still "running" when a writer opens the project were cut off with their process. */
    markInterrupted(): number {
      return db
        .prepare("UPDATE job SET state = 'interrupted', ended_at_ms = ? WHERE state = 'running'")
        .run(Date.now()).changes;
    },
    /** Lets an interrupted job go; another state stays as it is. */
    discard(id: number): void {
      db.prepare("UPDATE job SET state = 'cancelled' WHERE id = ? AND state = 'interrupted'").run(
        id,
      );
    },
    /** The newest result of a kind that fits. */
    lastResult(
      kind: string,
      fits: (result: Json) => boolean,
    ): { readonly result: Json; readonly endedAtMs: number } | undefined {
      const rows = db
        .prepare(
          `SELECT result_json AS resultJson, ended_at_ms AS endedAtMs FROM job
           WHERE kind = ? AND state = 'done' AND result_json IS NOT NULL ORDER BY id DESC`,
        )
        .iterate(kind) as IterableIterator<{ resultJson: string; endedAtMs: number }>;
      for (const { resultJson, endedAtMs } of rows) {
        const result = JSON.parse(resultJson) as Json;
        if (fits(result)) return { result, endedAtMs };
      }
      return undefined;
    },
    list(): Job[] {
      const rows = db
        .prepare(
          `SELECT id, kind, config_json AS configJson, seed, state, done, total, message,
                  started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
                  json_extract(error_json, '$.message') AS error FROM job ORDER BY id`,
        )
        .all() as (Omit<Job, 'config'> & { configJson: string })[];
      return rows.map(({ configJson, ...row }) => ({
        ...row,
        config: JSON.parse(configJson) as Json,
      }));
    },
  };
}
