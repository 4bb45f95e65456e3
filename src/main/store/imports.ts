import type { Author, Split, Status } from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

/** One row of a file on its way in. Everything comes in private: permission is given by a grant. */
export interface ImportedRow {
  readonly externalId: string;
  readonly text: string;
  readonly context: string | null;
  readonly metaJson: string | null;
  readonly sourceId: number;
  readonly line: number;
  readonly groupKey: string | null;
  readonly split: Split;
  readonly status: Status;
  readonly contentHash: string;
  readonly label: ImportedLabel | undefined;
}

export interface ImportedLabel {
  readonly author: Extract<Author, 'imported' | 'human'>;
  readonly name: string | null;
  /** Canonical JSON. */
  readonly outputJson: string;
  readonly isValid: boolean;
}

const exampleColumns = `id, origin, consent, external_id, text, context, meta_json, source_id, line, group_key, split,
  status, content_hash, created_at_ms`;
const exampleValues = "(?, 'real', 'private', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/**
 * The fast way in, many rows a statement: a new example has at most one label, so its current label is that label
 * (what `labels.add` would derive) and is written beside it. Call inside a transaction.
 */
export function createImports(db: Database) {
  const lastId = db.prepare('SELECT coalesce(max(id), 0) FROM example').pluck();
  const insertExamples = prepareMany(db, `example (${exampleColumns})`, exampleValues);
  const insertLabels = prepareMany(
    db,
    'label (example_id, author, name, output_json, is_valid, created_at_ms)',
    '(?, ?, ?, ?, ?, ?)',
  );
  const insertCurrent = prepareMany(
    db,
    'current_label (example_id, output_json, author, agreement, is_valid)',
    '(?, ?, ?, 1, ?)',
  );
  const knows = db
    .prepare(
      `SELECT 1 FROM label WHERE example_id = ? AND output_json = ? AND author IN ('imported', 'human')`,
    )
    .pluck();

  return {
    /** Adds examples with their labels and returns the id of the first, the others following; undefined, with nothing added, when an external id is taken. */
    add(rows: readonly ImportedRow[], nowMs: number): number | undefined {
      const firstId = (lastId.get() as number) + 1;
      const examples: unknown[] = [];
      const labels: unknown[] = [];
      const current: unknown[] = [];
      let labelled = 0;
      for (let i = 0; i < rows.length; i++) {
        const id = firstId + i;
        const row = rows[i]!;
        examples.push(id, row.externalId, row.text, row.context, row.metaJson, row.sourceId);
        examples.push(row.line, row.groupKey, row.split, row.status, row.contentHash, nowMs);
        if (!row.label) continue;
        labelled++;
        const { author, name, outputJson, isValid } = row.label;
        labels.push(id, author, name, outputJson, isValid ? 1 : 0, nowMs);
        current.push(id, outputJson, author, isValid ? 1 : 0);
      }
      try {
        insertExamples(rows.length).run(examples);
      } catch (error) {
        if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') return undefined;
        throw error;
      }
      if (labelled > 0) {
        insertLabels(labelled).run(labels);
        insertCurrent(labelled).run(current);
      }
      return firstId;
    },
    /** Whether this output was given to the example before, by a file or a person. */
    hasOutput(exampleId: number, outputJson: string): boolean {
      return knows.get(exampleId, outputJson) !== undefined;
    },
  };
}

/** One statement for each number of rows, prepared when first needed. */
function prepareMany(db: Database, target: string, values: string) {
  const statements: ReturnType<Database['prepare']>[] = [];
  return (count: number) => {
    statements[count] ??= db.prepare(
      `INSERT INTO ${target} VALUES ${Array<string>(count).fill(values).join(', ')}`,
    );
    return statements[count];
  };
}
