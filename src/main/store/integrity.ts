import type { Database } from './database.ts';
import { deriveCurrent } from './labels.ts';

/** What a look through the whole file found; every list empty when all is well. */
export interface Integrity {
  /** Damage that SQLite sees. */
  readonly damage: readonly string[];
  /** Rows that point at rows which are not there. */
  readonly danglingRows: number;
  /** Examples whose current label differs from what their labels say. */
  readonly staleLabels: number;
  /** Examples whose imported columns cannot be read. */
  readonly brokenColumns: number;
}

/** Checks the file against itself: pages, references, and the derived current labels. */
export function createIntegrity(db: Database) {
  return {
    check(): Integrity {
      const lines = db.pragma('integrity_check') as { integrity_check: string }[];
      const damage = lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
      const danglingRows = (db.pragma('foreign_key_check') as unknown[]).length;
      const brokenColumns = db
        .prepare('SELECT count(*) FROM example WHERE json_valid(meta_json) = 0')
        .pluck()
        .get() as number;
      return { damage, danglingRows, staleLabels: countStaleLabels(db), brokenColumns };
    },
  };
}

type LabelRow = Parameters<typeof deriveCurrent>[0][number] & { readonly exampleId: number };

function countStaleLabels(db: Database): number {
  const labels = db
    .prepare(
      `SELECT example_id AS exampleId, author, output_json AS outputJson, is_valid AS isValid, confidence
       FROM label WHERE withdrawn_at_ms IS NULL ORDER BY example_id, id`,
    )
    .iterate() as IterableIterator<LabelRow>;
  const current = db.prepare('SELECT output_json FROM current_label WHERE example_id = ?').pluck();
  let stale = 0;
  let group: LabelRow[] = [];
  const close = () => {
    if (group.length > 0 && deriveCurrent(group)?.outputJson !== current.get(group[0]!.exampleId))
      stale++;
    group = [];
  };
  for (const label of labels) {
    if (group.length > 0 && group[0]!.exampleId !== label.exampleId) close();
    group.push(label);
  }
  close();
  return stale;
}
