import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface Operation {
  readonly id: number;
  /** What was done, in words: "permit 12 examples". */
  readonly name: string;
  /** How to take it back, or once undone, how to do it again; the feature that wrote it reads it by its `kind`. */
  readonly inverse: Json;
  readonly createdAtMs: number;
  readonly undoneAtMs: number | null;
}

/** What a person did, with how to undo it, kept after a restart. */
export function createOperations(db: Database) {
  const columns =
    'id, name, inverse_json AS inverseJson, created_at_ms AS createdAtMs, undone_at_ms AS undoneAtMs';
  const last = db.prepare(
    `SELECT ${columns} FROM operation WHERE undone_at_ms IS NULL ORDER BY id DESC LIMIT 1`,
  );
  const next = db.prepare(
    `SELECT ${columns} FROM operation
     WHERE undone_at_ms IS NOT NULL AND is_redoable = 1 ORDER BY id LIMIT 1`,
  );
  return {
    /** What was undone before it can't be done again afterwards: it was a step from a state that is no more. */
    add(name: string, inverse: Json): number {
      db.prepare('UPDATE operation SET is_redoable = 0 WHERE undone_at_ms IS NOT NULL').run();
      const result = db
        .prepare('INSERT INTO operation (name, inverse_json, created_at_ms) VALUES (?, ?, ?)')
        .run(name, JSON.stringify(inverse), Date.now());
      return Number(result.lastInsertRowid);
    },
    /** The last operation that was not undone. */
    last: (): Operation | undefined => toOperation(last.get() as OperationRow | undefined),
    /** The first of those undone last: what can be done again until something else is done. */
    next: (): Operation | undefined => toOperation(next.get() as OperationRow | undefined),
    markUndone(id: number, forward: Json): void {
      db.prepare('UPDATE operation SET undone_at_ms = ?, inverse_json = ? WHERE id = ?').run(
        Date.now(),
        JSON.stringify(forward),
        id,
      );
    },
    /** Done again now, so that whoever asks when data last changed learns of it. */
    markRedone(id: number, inverse: Json): void {
      db.prepare(
        'UPDATE operation SET undone_at_ms = NULL, created_at_ms = ?, inverse_json = ? WHERE id = ?',
      ).run(Date.now(), JSON.stringify(inverse), id);
    },
    /** Newest first, those undone included. */
    newest(limit: number): Omit<Operation, 'inverse'>[] {
      return db
        .prepare(
          `SELECT id, name, created_at_ms AS createdAtMs, undone_at_ms AS undoneAtMs FROM operation
           ORDER BY id DESC LIMIT ?`,
        )
        .all(limit) as Omit<Operation, 'inverse'>[];
    },
  };
}

interface OperationRow extends Omit<Operation, 'inverse'> {
  readonly inverseJson: string;
}

function toOperation(row: OperationRow | undefined): Operation | undefined {
  if (!row) return undefined;
  const { inverseJson, ...rest } = row;
  return { ...rest, inverse: JSON.parse(inverseJson) as Json };
}
