import type { Consent, Origin, Split, Status } from '../../shared/domain/example.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { toSql } from './filter-sql.ts';

/** One example as the features see it: the row with its current label. */
export interface Example {
  readonly id: number;
  readonly externalId: string;
  readonly text: string;
  readonly context: string | null;
  readonly meta: Readonly<Record<string, Json>>;
  readonly origin: Origin;
  readonly consent: Consent;
  readonly sourceId: number | null;
  readonly line: number | null;
  readonly parentId: number | null;
  readonly strategy: string | null;
  readonly groupKey: string | null;
  readonly groupId: number | null;
  readonly split: Split;
  readonly status: Status;
  readonly contentHash: string;
  /** The current label; undefined when there is none (null is a valid output: "no call"). */
  readonly label: CurrentLabel | undefined;
}

export interface CurrentLabel {
  readonly output: Json;
  readonly author: 'imported' | 'teacher' | 'human' | 'rule';
  /** Share of the author's answers that agree with this one, in (0, 1]. */
  readonly agreement: number;
  /** Whether the output fits the task's labels or schema. */
  readonly isValid: boolean;
  readonly confidence: number | null;
}

export interface NewExample {
  readonly externalId: string;
  readonly text: string;
  readonly context?: string | null;
  readonly metaJson?: string | null;
  readonly origin: Origin;
  readonly consent: Consent;
  readonly sourceId?: number | null;
  readonly line?: number | null;
  readonly parentId?: number | null;
  readonly strategy?: string | null;
  readonly groupKey?: string | null;
  readonly split: Split;
  readonly status: Status;
  readonly contentHash: string;
}

const columns = `e.id, e.external_id AS externalId, e.text, e.context, e.meta_json AS metaJson, e.origin, e.consent,
  e.source_id AS sourceId, e.line, e.parent_id AS parentId, e.strategy, e.group_key AS groupKey, e.group_id AS groupId,
  e.split, e.status, e.content_hash AS contentHash,
  c.output_json AS outputJson, c.author, c.agreement, c.is_valid AS isValid, c.confidence`;
const joined = 'example e LEFT JOIN current_label c ON c.example_id = e.id';

/** The examples: the text, where it came from, what may be done with it, and its current label. */
export function createExamples(db: Database) {
  const insert = db.prepare(
    `INSERT INTO example (external_id, text, context, meta_json, origin, consent, source_id, line, parent_id, strategy,
       group_key, split, status, content_hash, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const findByExternalId = db.prepare(
    'SELECT id, content_hash AS contentHash FROM example WHERE external_id = ?',
  );
  const consentOf = db.prepare('SELECT consent FROM example WHERE id = ?').pluck();
  const externalIdOf = db.prepare('SELECT external_id FROM example WHERE id = ?').pluck();
  // A damaged file could hold a circle; the depth ends it.
  const lineage = db.prepare(
    `WITH RECURSIVE line (id, depth) AS (
       VALUES (?, 0) UNION ALL
       SELECT p.parent_id, line.depth + 1 FROM example p JOIN line ON p.id = line.id
       WHERE p.parent_id IS NOT NULL AND line.depth < 100
     ) SELECT ${columns} FROM line JOIN ${joined.replace('example e', 'example e ON e.id = line.id')} ORDER BY line.depth`,
  );

  function where(filter: Filter | undefined): { clause: string; values: unknown[] } {
    if (!filter) return { clause: '1', values: [] };
    const { sql, values } = toSql(filter);
    return { clause: sql, values };
  }

  return {
    insert(example: NewExample): number {
      const result = insert.run(
        example.externalId,
        example.text,
        example.context ?? null,
        example.metaJson ?? null,
        example.origin,
        example.consent,
        example.sourceId ?? null,
        example.line ?? null,
        example.parentId ?? null,
        example.strategy ?? null,
        example.groupKey ?? null,
        example.split,
        example.status,
        example.contentHash,
        Date.now(),
      );
      return Number(result.lastInsertRowid);
    },
    findByExternalId(externalId: string): { id: number; contentHash: string } | undefined {
      return findByExternalId.get(externalId) as { id: number; contentHash: string } | undefined;
    },
    get(id: number): Example | undefined {
      const row = db.prepare(`SELECT ${columns} FROM ${joined} WHERE e.id = ?`).get(id);
      return row ? toExample(row as ExampleRow) : undefined;
    },
    consentOf(id: number): Consent | undefined {
      return consentOf.get(id) as Consent | undefined;
    },
    externalIds(ids: readonly number[]): string[] {
      return ids.map((id) => externalIdOf.get(id) as string);
    },
    /** The example and those that it was made from, itself first. */
    lineage(id: number): Example[] {
      const rows = lineage.all(id) as ExampleRow[];
      return rows.map(toExample);
    },
    /** Child and parent of every synthetic example. */
    parents(): { id: number; parentId: number }[] {
      return db
        .prepare(
          'SELECT id, parent_id AS parentId FROM example WHERE parent_id IS NOT NULL ORDER BY id',
        )
        .all() as { id: number; parentId: number }[];
    },
    /** Made examples by strategy and status. */
    countMade(): { strategy: string; status: Status; n: number }[] {
      return db
        .prepare(
          'SELECT strategy, status, count(*) AS n FROM example WHERE strategy IS NOT NULL GROUP BY 1, 2',
        )
        .all() as { strategy: string; status: Status; n: number }[];
    },
    count(filter?: Filter): number {
      const { clause, values } = where(filter);
      return db
        .prepare(`SELECT count(*) FROM ${joined} WHERE ${clause}`)
        .pluck()
        .get(...values) as number;
    },
    /** All matching examples in order of id; hold them only when they fit in memory. */
    list(filter?: Filter): Example[] {
      const { clause, values } = where(filter);
      return (
        db
          .prepare(`SELECT ${columns} FROM ${joined} WHERE ${clause} ORDER BY e.id`)
          .all(...values) as ExampleRow[]
      ).map(toExample);
    },
    /** Matching ids in order. */
    ids(filter?: Filter): number[] {
      const { clause, values } = where(filter);
      return db
        .prepare(`SELECT e.id FROM ${joined} WHERE ${clause} ORDER BY e.id`)
        .pluck()
        .all(...values) as number[];
    },
    /** Whether a row came with a column of this name. */
    hasColumn(name: string): boolean {
      return (
        db
          .prepare('SELECT 1 FROM example WHERE json_type(meta_json, ?) IS NOT NULL LIMIT 1')
          .get(`$.${JSON.stringify(name)}`) !== undefined
      );
    },
    /** The names of the columns that rows came with. */
    columns(): string[] {
      return db
        .prepare(
          'SELECT DISTINCT j.key FROM example e, json_each(e.meta_json) j WHERE e.meta_json IS NOT NULL ORDER BY 1',
        )
        .pluck()
        .all() as string[];
    },
    setConsent(ids: readonly number[], consent: Consent): void {
      const update = db.prepare('UPDATE example SET consent = ? WHERE id = ?');
      for (const id of ids) update.run(consent, id);
    },
    setSplit(ids: readonly number[], split: Split): void {
      const update = db.prepare('UPDATE example SET split = ? WHERE id = ?');
      for (const id of ids) update.run(split, id);
    },
    /** Ids by the status that they have. */
    byStatus(ids: readonly number[]): Readonly<Partial<Record<Status, number[]>>> {
      const statusOf = db.prepare('SELECT status FROM example WHERE id = ?').pluck();
      // The ids come from the table, so each has a status.
      return Object.fromEntries(Map.groupBy(ids, (id) => statusOf.get(id) as Status));
    },
    setStatus(ids: readonly number[], status: Status): void {
      const update = db.prepare('UPDATE example SET status = ? WHERE id = ?');
      for (const id of ids) update.run(status, id);
    },
    setGroups(groups: ReadonlyMap<number, number>): void {
      const update = db.prepare('UPDATE example SET group_id = ? WHERE id = ?');
      for (const [id, group] of groups) update.run(group, id);
    },
  };
}

interface ExampleRow {
  readonly metaJson: string | null;
  readonly outputJson: string | null;
  readonly author: CurrentLabel['author'] | null;
  readonly agreement: number | null;
  readonly isValid: number | null;
  readonly confidence: number | null;
}

/** @throws AppError `store.corrupt` */
function readColumns(metaJson: string): Record<string, Json> {
  try {
    return JSON.parse(metaJson) as Record<string, Json>; // written by the import
  } catch (cause) {
    throw new AppError(
      'store.corrupt',
      'The project file is damaged: the columns of a row cannot be read. Run "doctor" on it, or go back to a copy.',
      { cause },
    );
  }
}

function toExample(row: ExampleRow): Example {
  const { metaJson, outputJson, author, agreement, isValid, confidence, ...rest } = row;
  const label =
    outputJson === null || author === null
      ? undefined
      : {
          output: JSON.parse(outputJson) as Json,
          author,
          agreement: agreement ?? 1,
          isValid: isValid === 1,
          confidence,
        };
  const meta = metaJson === null ? {} : readColumns(metaJson);
  // The remaining columns are selected under the names of Example and the schema is STRICT.
  return { ...(rest as unknown as Omit<Example, 'meta' | 'label'>), meta, label };
}
