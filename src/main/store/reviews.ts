import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export const verdicts = ['approve', 'correct', 'reject', 'skip'] as const;
export type Verdict = (typeof verdicts)[number];

export interface NewReview {
  readonly exampleId: number;
  readonly reviewer: string;
  readonly verdict: Verdict;
  /** The output that was judged or given; left out when there was none. */
  readonly output?: Json | undefined;
  readonly seconds?: number | null;
}

export interface Review {
  readonly id: number;
  readonly exampleId: number;
  readonly reviewer: string;
  readonly verdict: Verdict;
  /** As canonical JSON; null when there was none. */
  readonly outputJson: string | null;
}

/** What people said about examples; a row goes only when its reviewer undoes it. */
export function createReviews(db: Database) {
  const insert = db.prepare(
    `INSERT INTO review (example_id, reviewer, verdict, output_json, seconds, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const approved = db.prepare(
    `SELECT 1 FROM review WHERE example_id = ? AND reviewer = ? AND output_json = ? AND verdict IN ('approve', 'correct')`,
  );
  return {
    add(review: NewReview): number {
      const result = insert.run(
        review.exampleId,
        review.reviewer,
        review.verdict,
        review.output === undefined ? null : canonicalJson(review.output),
        review.seconds ?? null,
        Date.now(),
      );
      return Number(result.lastInsertRowid);
    },
    /** Takes a row out and returns it as it can be added again. */
    remove(id: number): NewReview {
      const row = db
        .prepare(
          `DELETE FROM review WHERE id = ? RETURNING example_id AS exampleId, reviewer, verdict,
           output_json AS outputJson, seconds`,
        )
        .get(id) as Omit<NewReview, 'output'> & { readonly outputJson: string | null };
      const { outputJson, ...review } = row;
      return { ...review, ...(outputJson !== null && { output: JSON.parse(outputJson) as Json }) };
    },
    /** Whether a reviewer has approved or given exactly this output of an example. Output as canonical JSON. */
    hasApproved(exampleId: number, reviewer: string, outputJson: string): boolean {
      return approved.get(exampleId, reviewer, outputJson) !== undefined;
    },
    list(): Review[] {
      return db
        .prepare(
          'SELECT id, example_id AS exampleId, reviewer, verdict, output_json AS outputJson FROM review ORDER BY id',
        )
        .all() as Review[];
    },
    /** Examples with one of these verdicts. */
    exampleIds(...of: readonly Verdict[]): Set<number> {
      return new Set(
        db
          .prepare(
            `SELECT DISTINCT example_id FROM review WHERE verdict IN (${of.map(() => '?').join(', ')})`,
          )
          .pluck()
          .all(...of) as number[],
      );
    },
  };
}
