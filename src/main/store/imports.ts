import type { Author, Split, Status } from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

/** One row of a file on its way in. Everything comes in private: permission is given by a grant. */
export interface ImportedRow {
  readonly externalId: string;
  readonly text: string;
  readonly context: string | null;
  readonly metaJson: string | null;
  readonly line: number;
  readonly groupKey: string | null;
  readonly split: Split;
  readonly status: Status;
  readonly contentHash: string;
  /** Canonical JSON; null when the row has no output. */
  readonly outputJson: string | null;
  /** Whether the output fits the task. */
  readonly isValid: boolean;
}

export interface ImportSession {
  readonly sourceId: number;
  readonly nowMs: number;
  /** Whose the outputs are. */
  readonly author: Extract<Author, 'imported' | 'human'>;
  readonly name: string | null;
}

/**
 * The fast way in, many rows a statement: a new example has at most one label, so its current label is that label
 * (what `labels.add` would derive) and is copied beside it. Call inside a transaction.
 */
export function createImports(db: Database) {
  const lastLabel = db.prepare('SELECT coalesce(max(id), 0) FROM label').pluck();
  const copyToCurrent = db.prepare(
    `INSERT INTO current_label (example_id, output_json, author, agreement, is_valid)
     SELECT example_id, output_json, author, 1, is_valid FROM label WHERE id > ?`,
  );
  const knows = db
    .prepare(
      `SELECT 1 FROM label WHERE example_id = ? AND output_json = ? AND author IN ('imported', 'human')`,
    )
    .pluck();

  return {
    /** Begins the import of one source; its statements live as long as it does. */
    begin(session: ImportSession) {
      const insertExamples = createExampleInsert(db, session);
      const insertLabels = createLabelInsert(db, session);
      return {
        /**
         * Adds examples with their labels and returns the id of the first, the others following; undefined, with
         * nothing added, when an external id is taken.
         */
        add(rows: readonly ImportedRow[]): number | undefined {
          const firstId = insertExamples(rows);
          if (firstId === undefined) return undefined;
          const last = lastLabel.get();
          if (insertLabels(rows, firstId)) copyToCurrent.run(last);
          return firstId;
        },
      };
    },
    /** Whether this output was given to the example before, by a file or a person. */
    hasOutput(exampleId: number, outputJson: string): boolean {
      return knows.get(exampleId, outputJson) !== undefined;
    },
  };
}

/**
 * Binding is half the time of an insert, so that what is the same for all rows of a statement is written into it:
 * numbers, NULL and names from closed lists only, never text from outside.
 */
function createExampleInsert(db: Database, { sourceId, nowMs }: ImportSession) {
  const prepare = createStatementCache(db);
  return (rows: readonly ImportedRow[]): number | undefined => {
    const [first] = rows;
    const hasContext = rows.some((row) => row.context !== null);
    const hasMeta = rows.some((row) => row.metaJson !== null);
    const hasGroup = rows.some((row) => row.groupKey !== null);
    const split = rows.every((row) => row.split === first?.split) ? `'${first?.split}'` : '?';
    const status = rows.every((row) => row.status === first?.status) ? `'${first?.status}'` : '?';
    const statement = prepare(
      `example (origin, consent, external_id, text, context, meta_json, source_id, line, group_key, split, status,
         content_hash, created_at_ms)`,
      `('real', 'private', ?, ?, ${hasContext ? '?' : 'NULL'}, ${hasMeta ? '?' : 'NULL'}, ${sourceId}, ?,
         ${hasGroup ? '?' : 'NULL'}, ${split}, ${status}, ?, ${nowMs})`,
      rows.length,
    );
    const values: unknown[] = [];
    for (const row of rows) {
      values.push(row.externalId, row.text);
      if (hasContext) values.push(row.context);
      if (hasMeta) values.push(row.metaJson);
      values.push(row.line);
      if (hasGroup) values.push(row.groupKey);
      if (split === '?') values.push(row.split);
      if (status === '?') values.push(row.status);
      values.push(row.contentHash);
    }
    try {
      return Number(statement.run(values).lastInsertRowid) - rows.length + 1;
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') return undefined;
      throw error;
    }
  };
}

function createLabelInsert(db: Database, { author, name, nowMs }: ImportSession) {
  const prepare = createStatementCache(db);
  /** True when there was a label to add. */
  return (rows: readonly ImportedRow[], firstId: number): boolean => {
    const values: unknown[] = [];
    let count = 0;
    rows.forEach((row, i) => {
      if (row.outputJson === null) return;
      count++;
      values.push(firstId + i, row.outputJson, row.isValid ? 1 : 0);
      if (name !== null) values.push(name);
    });
    if (count === 0) return false;
    prepare(
      'label (example_id, author, output_json, is_valid, name, created_at_ms)',
      `(?, '${author}', ?, ?, ${name === null ? 'NULL' : '?'}, ${nowMs})`,
      count,
    ).run(values);
    return true;
  };
}

function createStatementCache(db: Database) {
  const statements = new Map<string, ReturnType<Database['prepare']>>();
  return (target: string, values: string, count: number) => {
    const key = `${count} ${values}`;
    let statement = statements.get(key);
    if (!statement) {
      const list = Array<string>(count).fill(values).join(', ');
      statement = db.prepare(`INSERT INTO ${target} VALUES ${list}`);
      statements.set(key, statement);
    }
    return statement;
  };
}
