import { createHash } from 'node:crypto';
import type { Database } from './database.ts';

/** Names the state of the data that checks and gates judge. */
export function createFingerprint(db: Database) {
  return {
    /** SHA-256 over every example's content, split, status and current label: it changes when any of them does. */
    ofData(): string {
      const hash = createHash('sha256');
      const rows = db
        .prepare(
          `SELECT e.id, e.content_hash, e.split, e.status, e.origin, c.output_json
           FROM example e LEFT JOIN current_label c ON c.example_id = e.id ORDER BY e.id`,
        )
        .raw()
        .iterate() as IterableIterator<unknown[]>;
      for (const row of rows) hash.update(JSON.stringify(row));
      return hash.digest('hex');
    },
  };
}
