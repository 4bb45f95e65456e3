import type { Consent, Origin, Split, Status } from '../../shared/domain/example.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';
import type { CurrentLabel } from './examples.ts';
import { toSql } from './filter-sql.ts';
import type { Search } from './search.ts';

export interface PageQuery {
  readonly filter: Filter;
  /** Words of the text; empty for none. */
  readonly search: string;
  readonly sort: PageSort;
  readonly isDescending: boolean;
  /** The last row of the page before. */
  readonly after: PageKey | null;
  readonly limit: number;
}

/** `order` is that of import; it and `id` have an index, the others read every row. */
export const pageSorts = ['order', 'id', 'text', 'label', 'consent', 'split', 'status'] as const;
export type PageSort = (typeof pageSorts)[number];

/** Where a page ends: the value sorted by, and the row. */
export type PageKey = readonly [value: string | number, id: number];

export interface PageRow {
  readonly key: number;
  readonly externalId: string;
  /** The first 500 characters. */
  readonly text: string;
  readonly origin: Origin;
  readonly consent: Consent;
  readonly split: Split;
  readonly status: Status;
  readonly label: CurrentLabel | undefined;
  readonly source: string | null;
  readonly line: number | null;
  /** Checks with an open flag on the row. */
  readonly flags: readonly string[];
}

const SHOWN_CHARACTERS = 500;
const joined = 'example e LEFT JOIN current_label c ON c.example_id = e.id';
/** What the index finds, in the order of the rows, so that a page ends when it is full however many match. */
const foundJoined = `example_search CROSS JOIN example e ON e.id = example_search.rowid
  LEFT JOIN current_label c ON c.example_id = e.id`;
const sortSql: Readonly<Record<PageSort, string>> = {
  order: 'e.id',
  id: 'e.external_id',
  text: 'e.text',
  label: "coalesce(c.output_json, '')",
  consent: 'e.consent',
  split: 'e.split',
  status: 'e.status',
};

/** Pages of the table of examples, by key and never by offset, so that the last page is as quick as the first. */
export function createPages(db: Database, search: Search) {
  const flagsOf = db.prepare(
    `SELECT DISTINCT check_id FROM finding WHERE is_flagged = 1 AND resolution IS NULL AND example_id = ?
     UNION SELECT DISTINCT check_id FROM finding WHERE is_flagged = 1 AND resolution IS NULL AND other_id = ?`,
  );

  function where({ filter, search: words }: Pick<PageQuery, 'filter' | 'search'>) {
    const { sql, values } = toSql(filter);
    const found = search.condition(words);
    return found
      ? { clause: `(${sql}) AND ${found.sql}`, values: [...values, ...found.values] }
      : { clause: sql, values };
  }

  /** As `where`, with the index in front where rows are wanted in their own order. */
  function source(query: PageQuery) {
    const match = query.sort === 'order' ? search.wholly(query.search) : undefined;
    if (match === undefined) return { from: joined, id: 'e.id', ...where(query) };
    const { sql, values } = toSql(query.filter);
    return {
      from: foundJoined,
      id: 'example_search.rowid',
      clause: `example_search MATCH ? AND (${sql})`,
      values: [match, ...values],
    };
  }

  return {
    page(query: PageQuery): { rows: PageRow[]; last: PageKey | null } {
      const { from, id, clause, values } = source(query);
      const column = sortSql[query.sort];
      const [sign, direction] = query.isDescending ? ['<', 'DESC'] : ['>', 'ASC'];
      const isById = query.sort === 'order';
      const key = isById ? id : `(${column}, e.id)`;
      const after = query.after ? `AND ${key} ${sign} ${isById ? '?' : '(?, ?)'}` : '';
      const bound = query.after ? (isById ? [query.after[1]] : [...query.after]) : [];
      const order = isById ? `${id} ${direction}` : `${column} ${direction}, e.id ${direction}`;
      const rows = db
        .prepare(
          `SELECT e.id AS key, e.external_id AS externalId, substr(e.text, 1, ${SHOWN_CHARACTERS}) AS text, e.origin,
             e.consent, e.split, e.status, e.line,
             (SELECT s.file_name FROM source s WHERE s.id = e.source_id) AS source,
             c.output_json AS outputJson, c.author, c.agreement, c.is_valid AS isValid, c.confidence,
             ${column} AS sortValue
           FROM ${from} WHERE ${clause} ${after} ORDER BY ${order} LIMIT ?`,
        )
        .all(...values, ...bound, query.limit) as StoredPageRow[];
      const end = rows.at(-1);
      return {
        rows: rows.map(toPageRow).map((row) => ({
          ...row,
          flags: flagsOf.pluck().all(row.key, row.key) as string[],
        })),
        last: rows.length < query.limit || !end ? null : [end.sortValue, end.key],
      };
    },
    /** Ids of everything that a filter and a search name, in order. */
    ids(query: Pick<PageQuery, 'filter' | 'search'>): number[] {
      const { clause, values } = where(query);
      return db
        .prepare(`SELECT e.id FROM ${joined} WHERE ${clause} ORDER BY e.id`)
        .pluck()
        .all(...values) as number[];
    },
    count(query: Pick<PageQuery, 'filter' | 'search'>): number {
      if (query.filter.kind === 'all') {
        const found = search.count(query.search);
        if (found !== undefined) return found;
      }
      const { clause, values } = where(query);
      return db
        .prepare(`SELECT count(*) FROM ${joined} WHERE ${clause}`)
        .pluck()
        .get(...values) as number;
    },
    /** Columns of imported files that were kept as they are, from the first rows and the newest. */
    metaColumns(): string[] {
      return db
        .prepare(
          `SELECT DISTINCT m.key FROM (
             SELECT * FROM (SELECT meta_json FROM example ORDER BY id LIMIT 1000)
             UNION ALL SELECT * FROM (SELECT meta_json FROM example ORDER BY id DESC LIMIT 1000)
           ) e, json_each(e.meta_json) m ORDER BY m.key`,
        )
        .pluck()
        .all() as string[];
    },
  };
}

interface StoredPageRow extends Omit<PageRow, 'label' | 'flags'> {
  readonly outputJson: string | null;
  readonly author: CurrentLabel['author'] | null;
  readonly agreement: number | null;
  readonly isValid: number | null;
  readonly confidence: number | null;
  readonly sortValue: string | number;
}

function toPageRow(stored: StoredPageRow): Omit<PageRow, 'flags'> {
  const { outputJson, author, agreement, isValid, confidence, sortValue: _, ...row } = stored;
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
  return { ...row, label };
}
