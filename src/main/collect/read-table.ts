import type { RefusedRow } from '../../shared/contract/collect.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import { chooseImporter } from './importers/index.ts';
import { findColumn } from './mapping.ts';

/** Which columns of a file are a table's keys and values. */
export interface TableColumns {
  readonly keyColumn: string;
  readonly valueColumn: string;
}

export interface ReadTable {
  readonly rows: number;
  /** The first 100; `refusedTotal` counts all. */
  readonly refused: readonly RefusedRow[];
  readonly refusedTotal: number;
}

const MOST_LISTED = 100;

/**
 * Reads two columns of any file that can be imported, and hands out each pair as texts.
 * @throws AppError `collect.mapping` for a column that is not there, `lookup.invalid` without any pair, `file.*`, `app.cancelled`
 */
export async function readTable(
  path: string,
  { keyColumn, valueColumn }: TableColumns,
  onRow: (key: string, value: string) => void,
  work: Work,
): Promise<ReadTable> {
  const importer = await chooseImporter(path);
  const file = await importer.open(path, { taskKind: 'classify' });
  const refused: RefusedRow[] = [];
  let [rows, refusedTotal] = [0, 0];
  const refuse = (row: RefusedRow) => {
    refusedTotal++;
    if (refused.length < MOST_LISTED) refused.push(row);
  };
  let names: { readonly key: string; readonly value: string } | undefined;
  for await (const batch of file.batches()) {
    throwIfCancelled(work.signal);
    for (const row of batch.refused) refuse(row);
    for (const { line, fields } of batch.records) {
      names ??= findNames(file.columns ?? Object.keys(fields));
      const key = toText(fields[names.key]);
      const value = toText(fields[names.value]);
      if (key !== undefined && value !== undefined) {
        onRow(key, value);
        rows++;
      } else
        refuse({
          line,
          reason: `its "${key === undefined ? names.key : names.value}" is empty or no plain value`,
          remedy: 'Give it a text, a number, or yes or no.',
        });
    }
    const done = Math.round(batch.fraction * 100);
    work.report({ done, total: 100, message: 'Reading the table' });
  }
  if (rows === 0)
    throw new AppError(
      'lookup.invalid',
      `${path} has no row with both "${keyColumn}" and "${valueColumn}". Nothing was changed.`,
    );
  return { rows, refused, refusedTotal };

  function findNames(columns: readonly string[]) {
    const [key, value] = [keyColumn, valueColumn].map((name) => {
      const column = findColumn(name, columns);
      if (column !== undefined) return column;
      throw new AppError(
        'collect.mapping',
        `${path} has no column "${name}". Its columns: ${columns.map((own) => `"${own}"`).join(', ')}. Nothing was read.`,
        { details: { columns: [...columns] } },
      );
    });
    return { key: key!, value: value! }; // of two names, two columns
  }
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
