import { readFile, stat } from 'node:fs/promises';
import { toFileError } from '../../lib/files.ts';
import { malformed } from '../malformed.ts';
import { nameColumns } from './columns.ts';
import type { Importer, RecordBatch, SourceRecord } from './importer.ts';
import { toSafeWorkbook } from './xlsx-guard.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const BATCH_ROWS = 1_000;

type Cell = string | number | boolean | Date | null;

/** The first sheet of an Excel workbook; the first row names the columns. */
export const xlsx: Importer = {
  id: 'xlsx',
  title: 'Excel workbook (first sheet)',
  extensions: ['.xlsx', '.xlsm', '.xls'],
  sniff: ({ bytes }) =>
    bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04,
  async open(path) {
    const rows = await readRows(path);
    const headerIndex = rows.findIndex((row) => !isBlank(row));
    const header = rows[headerIndex];
    if (!header)
      throw malformed(path, {
        what: 'the first sheet is empty',
        remedy: 'Put the data on the first sheet, with the names of the columns in its first row.',
      });
    const columns = nameColumns(
      path,
      header.map((cell) => toValue(cell) ?? '').map(String),
      headerIndex + 1,
    );
    return {
      encoding: null,
      delimiter: null,
      columns,
      hasNull: false,
      async *batches(): AsyncIterable<RecordBatch> {
        for (let start = headerIndex + 1; start < rows.length; start += BATCH_ROWS) {
          const end = Math.min(rows.length, start + BATCH_ROWS);
          const records: SourceRecord[] = [];
          for (let i = start; i < end; i++)
            if (!isBlank(rows[i]!)) records.push(toRecord(rows[i]!, i + 1, columns));
          yield { records, refused: [], fraction: end / rows.length };
        }
      },
    };
  },
};

async function readRows(path: string): Promise<Cell[][]> {
  const bytes = await readWorkbook(path);
  const safe = toSafeWorkbook(path, bytes);
  try {
    // The package declares dates as `typeof Date`; what it gives are Date objects.
    const { readSheet } = await import('read-excel-file/node');
    return (await readSheet(Buffer.from(safe), 1, { trim: false })) as unknown as Cell[][];
  } catch (error) {
    throw malformed(path, {
      what: `the workbook can't be read: ${(error as Error).message}`,
      remedy: 'Open it in a spreadsheet program and save it again, or save the sheet as CSV.',
      cause: error,
    });
  }
}

async function readWorkbook(path: string): Promise<Uint8Array> {
  let size: number;
  let bytes: Uint8Array;
  try {
    size = (await stat(path)).size;
    bytes = size > MAX_FILE_BYTES ? new Uint8Array() : await readFile(path);
  } catch (error) {
    throw toFileError(error, path);
  }
  if (size > MAX_FILE_BYTES)
    throw malformed(path, {
      what: `the workbook is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`,
      remedy: 'Save the sheet as CSV and import that.',
    });
  const isOldExcel = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw malformed(path, {
      what: isOldExcel
        ? 'the file is an old Excel workbook (.xls), or protected by a password'
        : 'the file is not an Excel workbook (.xlsx)',
      remedy: 'Save it as .xlsx without a password, or as CSV.',
    });
  return bytes;
}

function toRecord(row: readonly Cell[], line: number, columns: readonly string[]): SourceRecord {
  const fields: Record<string, unknown> = Object.create(null);
  columns.forEach((column, i) => {
    fields[column] = toValue(row[i] ?? null);
  });
  return { line, position: line, fields };
}

/** A date without a time of day is written as a date. */
function toValue(cell: Cell): string | number | boolean | null {
  if (!(cell instanceof Date)) return cell;
  if (Number.isNaN(cell.valueOf())) return null;
  return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
}

function isBlank(row: readonly Cell[]): boolean {
  return row.every((cell) => cell === null || cell === '');
}
