import type { Lookup } from '../../shared/domain/lookup.ts';
import type { Database } from './database.ts';

/** A table with what it holds. */
export interface LookupRow extends Lookup {
  readonly fileName: string;
  readonly importedAtMs: number;
  /** Different keys, and those of them with more than one value. */
  readonly keys: number;
  readonly ambiguous: number;
}

/** Tables that fill fields; keys come folded. */
export function createLookups(db: Database) {
  const removeRows = (name: string) => {
    db.prepare(
      'DELETE FROM lookup_row WHERE lookup_id = (SELECT id FROM lookup WHERE name = ?)',
    ).run(name);
    return db.prepare('DELETE FROM lookup WHERE name = ?').run(name).changes > 0;
  };
  return {
    /** Begins a table inside the caller's transaction, in place of one of that name, and gives what adds its rows. */
    begin(lookup: Lookup & { readonly fileName: string }): (key: string, value: string) => void {
      removeRows(lookup.name);
      const { lastInsertRowid } = db
        .prepare(
          `INSERT INTO lookup (name, field, by_field, key_column, value_column, file_name, imported_at_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          lookup.name,
          lookup.field,
          lookup.by,
          lookup.keyColumn,
          lookup.valueColumn,
          lookup.fileName,
          Date.now(),
        );
      const insert = db.prepare(
        'INSERT OR IGNORE INTO lookup_row (lookup_id, key, value) VALUES (?, ?, ?)',
      );
      return (key, value) => {
        insert.run(lastInsertRowid, key, value);
      };
    },
    /** Whether there was one. */
    remove: (name: string): boolean => db.transaction(removeRows).immediate(name) as boolean,
    list(): LookupRow[] {
      return db
        .prepare(
          `SELECT name, field, by_field AS by, key_column AS keyColumn, value_column AS valueColumn,
                  file_name AS fileName, imported_at_ms AS importedAtMs,
                  COUNT(k.key) AS keys, COALESCE(SUM(k.n > 1), 0) AS ambiguous
           FROM lookup LEFT JOIN (
             SELECT lookup_id, key, COUNT(*) AS n FROM lookup_row GROUP BY lookup_id, key
           ) k ON k.lookup_id = lookup.id
           GROUP BY lookup.id ORDER BY name`,
        )
        .all() as LookupRow[];
    },
    /** The different values beside a key in exactly this table: as named, for the same fields, from the same columns. */
    find({ name, field, by, keyColumn, valueColumn }: Lookup, key: string): string[] {
      return db
        .prepare(
          `SELECT value FROM lookup_row
           WHERE lookup_id = (
             SELECT id FROM lookup
             WHERE name = ? AND field = ? AND by_field = ? AND key_column = ? AND value_column = ?
           ) AND key = ? LIMIT 2`,
        )
        .pluck()
        .all(name, field, by, keyColumn, valueColumn, key) as string[];
    },
  };
}
