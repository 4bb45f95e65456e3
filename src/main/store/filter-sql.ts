import type { Filter, FilterField, Operator } from '../../shared/domain/filter.ts';
import { noCall } from '../../shared/domain/tools.ts';

/** A filter as a condition on `example e LEFT JOIN current_label c`; values are always bound, never spliced. */
export function toSql(filter: Filter): { sql: string; values: unknown[] } {
  switch (filter.kind) {
    case 'all':
      return { sql: '1', values: [] };
    case 'not': {
      const { sql, values } = toSql(filter.part);
      return { sql: `NOT (${sql})`, values };
    }
    case 'and':
    case 'or': {
      const parts = filter.parts.map(toSql);
      const sql = joinEvenly(
        parts.map((part) => `(${part.sql})`),
        filter.kind === 'and' ? ' AND ' : ' OR ',
      );
      return { sql: sql || '1', values: parts.flatMap((part) => part.values) };
    }
    case 'compare':
      return compare(filter.field, filter.operator, filter.values);
  }
}

/** Halves within halves: SQLite takes 1,000 parts in a row for 1,000 levels, and refuses more. */
function joinEvenly(parts: readonly string[], word: string): string {
  if (parts.length <= 2) return parts.join(word);
  const half = parts.length >> 1;
  const [left, right] = [parts.slice(0, half), parts.slice(half)];
  return `(${joinEvenly(left, word)})${word}(${joinEvenly(right, word)})`;
}

const fieldSql: Record<Exclude<FilterField, `meta.${string}` | 'flag'>, string> = {
  id: 'e.external_id',
  text: 'e.text',
  consent: 'e.consent',
  origin: 'e.origin',
  split: 'e.split',
  status: 'e.status',
  source: '(SELECT s.file_name FROM source s WHERE s.id = e.source_id)',
  import: 'e.source_id',
  label:
    "CASE WHEN json_type(c.output_json) = 'text' THEN json_extract(c.output_json, '$') ELSE c.output_json END",
  function: `CASE WHEN json_type(c.output_json) = 'null' THEN '${noCall}' ELSE json_extract(c.output_json, '$.name') END`,
  author: 'c.author',
  strategy: 'e.strategy',
  group: 'e.group_key',
  reviewed: `CASE WHEN EXISTS (SELECT 1 FROM label h WHERE h.example_id = e.id AND h.author = 'human' AND h.withdrawn_at_ms IS NULL) THEN 'yes' ELSE 'no' END`,
};

function compare(
  field: FilterField,
  operator: Operator,
  values: readonly string[],
): { sql: string; values: unknown[] } {
  if (field === 'flag') {
    const marks = values.map(() => '?').join(', ');
    const open = `FROM finding WHERE is_flagged = 1 AND resolution IS NULL AND check_id IN (${marks})`;
    const flagged = `(SELECT example_id ${open} UNION SELECT other_id ${open} AND other_id IS NOT NULL)`;
    return {
      sql: `e.id ${operator === '!=' ? 'NOT IN' : 'IN'} ${flagged}`,
      values: [...values, ...values],
    };
  }
  const { column, bound } = columnOf(field);
  const { sql, values: wanted } = condition(column, operator, values, field.startsWith('meta.'));
  // A missing value is no match, so that "not" includes it; what is never missing keeps its index.
  return {
    sql: alwaysPresent.has(field) ? sql : `coalesce(${sql}, 0)`,
    values: [...bound, ...wanted],
  };
}

const alwaysPresent: ReadonlySet<FilterField> = new Set([
  'id',
  'text',
  'consent',
  'origin',
  'split',
  'status',
]);

/** Values of imported columns are compared as they would be written: 3 and "3" alike, booleans as words. */
const metaSql = `(SELECT CASE WHEN m.json IN ('true', 'false') THEN m.json ELSE CAST(m.json ->> '$' AS TEXT) END
  FROM (SELECT e.meta_json -> ? AS json) m)`;

function columnOf(field: Exclude<FilterField, 'flag'>): { column: string; bound: unknown[] } {
  if (!field.startsWith('meta.'))
    return { column: fieldSql[field as keyof typeof fieldSql], bound: [] }; // not a meta field, so one of the table
  return { column: metaSql, bound: [`$.${JSON.stringify(field.slice('meta.'.length))}`] };
}

function condition(
  column: string,
  operator: Operator,
  values: readonly string[],
  isMeta: boolean,
): { sql: string; values: unknown[] } {
  switch (operator) {
    case 'in':
      // One bound list, since a statement takes no more than some thousands of values.
      return {
        sql: `${column} IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(values)],
      };
    case '~':
      return { sql: `instr(lower(${column}), lower(?)) > 0`, values: [values[0]] };
    case '!=':
      return { sql: `coalesce(${column}, '') <> ?`, values: [values[0]] };
    case '=':
      return { sql: `${column} = ?`, values: [values[0]] };
    default: {
      // Numbers are compared as numbers; anything else, such as dates, as text.
      const isNumeric = isMeta && /^-?\d+(?:\.\d+)?$/.test(values[0] ?? '');
      return isNumeric
        ? { sql: `CAST(${column} AS REAL) ${operator} CAST(? AS REAL)`, values: [values[0]] }
        : { sql: `${column} ${operator} ?`, values: [values[0]] };
    }
  }
}
