import type { Database } from './database.ts';

export const replyOutcomes = ['accepted', 'malformed', 'refusal'] as const;
export type ReplyOutcome = (typeof replyOutcomes)[number];

export interface NewReply {
  /** Null for a reply from a file. */
  readonly requestId: number | null;
  readonly exampleId: number;
  readonly raw: string;
  readonly outcome: ReplyOutcome;
  readonly repairs: readonly string[];
}

export interface Reply extends NewReply {
  readonly id: number;
  readonly receivedAtMs: number;
}

const columns = `id, request_id AS requestId, example_id AS exampleId, raw, outcome, repairs_json AS repairsJson,
  received_at_ms AS receivedAtMs`;

/** What teachers answered, word for word, whatever became of it. */
export function createReplies(db: Database) {
  const insert = db.prepare(
    `INSERT INTO reply (request_id, example_id, raw, outcome, repairs_json, received_at_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const countEqual = db
    .prepare('SELECT count(*) FROM reply WHERE example_id = ? AND raw = ? AND request_id IS NULL')
    .pluck();
  return {
    add(reply: NewReply): number {
      const result = insert.run(
        reply.requestId,
        reply.exampleId,
        reply.raw,
        reply.outcome,
        JSON.stringify(reply.repairs),
        Date.now(),
      );
      return Number(result.lastInsertRowid);
    },
    /** How often exactly this reply to this example was read from a file. */
    countFromFile(exampleId: number, raw: string): number {
      return countEqual.get(exampleId, raw) as number;
    },
    /** Replies of one outcome in order; for the check that shows what a teacher got wrong in form. */
    byOutcome(outcome: ReplyOutcome): Reply[] {
      const rows = db
        .prepare(`SELECT ${columns} FROM reply WHERE outcome = ? ORDER BY id`)
        .all(outcome) as (Omit<Reply, 'repairs'> & { repairsJson: string })[];
      return rows.map(({ repairsJson, ...row }) => ({
        ...row,
        repairs: JSON.parse(repairsJson) as string[],
      }));
    },
    countByOutcome(): Readonly<Partial<Record<ReplyOutcome, number>>> {
      const rows = db.prepare('SELECT outcome, count(*) FROM reply GROUP BY outcome').raw().all();
      // Two columns: the outcome, which the table checks, and a count.
      return Object.fromEntries(rows as [ReplyOutcome, number][]);
    },
  };
}
