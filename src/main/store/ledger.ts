import type { Database } from './database.ts';

/** One link of the chain as it is stored. */
export interface LedgerRow {
  readonly seq: number;
  readonly event: 'attempt' | 'outcome';
  readonly atMs: number;
  readonly bodyJson: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** Where the chain ends, kept apart from it, so that a shortened chain shows. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

const columns =
  'seq, event, at_ms AS atMs, body_json AS bodyJson, previous_hash AS previousHash, hash';

/** What left the computer, one row after the other; the gate computes and checks the hashes. */
export function createLedger(db: Database) {
  const insert = db.prepare(
    'INSERT INTO ledger (seq, event, at_ms, body_json, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const writeHead = db.prepare(
    "UPDATE project SET settings_json = json_set(settings_json, '$.ledgerHead', json(?))",
  );
  const readHead = db.prepare("SELECT json_extract(settings_json, '$.ledgerHead') FROM project");

  return {
    append(row: LedgerRow): void {
      insert.run(row.seq, row.event, row.atMs, row.bodyJson, row.previousHash, row.hash);
      writeHead.run(JSON.stringify({ seq: row.seq, hash: row.hash } satisfies LedgerHead));
    },
    head(): LedgerHead | undefined {
      const text = readHead.pluck().get() as string | null | undefined;
      return text ? (JSON.parse(text) as LedgerHead) : undefined;
    },
    /** The rows in order, one at a time. Nothing may be written while reading. */
    rows(): IterableIterator<LedgerRow> {
      return db
        .prepare(`SELECT ${columns} FROM ledger ORDER BY seq`)
        .iterate() as IterableIterator<LedgerRow>;
    },
    isEmpty(): boolean {
      return db.prepare('SELECT NOT EXISTS (SELECT 1 FROM ledger)').pluck().get() === 1;
    },
  };
}
