import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface Operation {
  readonly id: number;
  /** What was done, in words: "permit 12 examples". */
  readonly name: string;
  /** How to take it back; the feature that wrote it reads it by its `kind`. */
  readonly inverse: Json;
  readonly createdAtMs: number;
  readonly undoneAtMs: number | null;
}

/** What a person did, with how to undo it, kept after a restart. */
export function createOperations(db: Database) {
  return {
    add(name: string, inverse: Json): number {
      const result = db
        .prepare('INSERT INTO operation (name, inverse_json, created_at_ms) VALUES (?, ?, ?)')
        .run(name, JSON.stringify(inverse), Date.now());
      return Number(result.lastInsertRowid);
    },
    /** The last operation that was not undone. */
    last(): Operation | undefined {
      const row = db
        .prepare(
          `SELECT id, name, inverse_json AS inverseJson, created_at_ms AS createdAtMs, undone_at_ms AS undoneAtMs
           FROM operation WHERE undone_at_ms IS NULL ORDER BY id DESC LIMIT 1`,
        )
        .get() as (Omit<Operation, 'inverse'> & { inverseJson: string }) | undefined;
      if (!row) return undefined;
      const { inverseJson, ...rest } = row;
      return { ...rest, inverse: JSON.parse(inverseJson) as Json };
    },
    markUndone(id: number): void {
      db.prepare('UPDATE operation SET undone_at_ms = ? WHERE id = ?').run(Date.now(), id);
    },
  };
}
