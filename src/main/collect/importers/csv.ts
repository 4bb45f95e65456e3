import { type CsvError, parse } from 'csv-parse';
import type { RefusedRow } from '../../../shared/contract/collect.ts';
import { chooseEncoding } from '../choose-encoding.ts';
import { malformed } from '../malformed.ts';
import { readText } from '../read-text.ts';
import { nameColumns } from './columns.ts';
import { type CsvFormat, sniffFormat } from './csv-format.ts';
import { readHead } from './head.ts';
import type { Importer, RecordBatch, SourceRecord } from './importer.ts';

const MAX_RECORD_CHARACTERS = 8_000_000;

/** Tables as text: comma, tab, semicolon or bar, with a header; quotes as in RFC 4180. */
export const csv: Importer = {
  id: 'csv',
  title: 'CSV or TSV with a header row',
  extensions: ['.csv', '.tsv', '.tab', '.txt'],
  sniff: () => false,
  async open(path, options) {
    const head = await readHead(path);
    const encoding = chooseEncoding(path, head.bytes, options.encoding);
    let start = '';
    for await (const { text } of readText(path, encoding)) {
      start += text;
      if (start.length > 0) break;
    }
    const format = sniffFormat(start);
    const records = readRecords(path, encoding, format);
    let columns: string[] | undefined;
    for await (const { rows } of records) {
      const header = rows[0];
      if (header) columns = nameColumns(path, header.cells, header.line);
      if (columns) break;
    }
    if (!columns)
      throw malformed(path, {
        what: 'the file is empty',
        remedy: 'It needs a header row with the names of the columns, and rows below it.',
      });
    const names = columns;
    return {
      encoding,
      delimiter: format.delimiter,
      columns: names,
      hasNull: false,
      async *batches() {
        let isHeader = true;
        for await (const { rows, fraction } of readRecords(path, encoding, format)) {
          yield toBatch(isHeader ? rows.slice(1) : rows, names, fraction);
          if (rows.length > 0) isHeader = false;
        }
      },
    };
  },
};

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function toBatch(rows: readonly Row[], columns: readonly string[], fraction: number): RecordBatch {
  const records: SourceRecord[] = [];
  const refused: RefusedRow[] = [];
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      refused.push({
        line,
        reason: `the row has ${cells.length} fields where the header has ${columns.length}`,
        remedy:
          'Put quotes around a field that has the delimiter in it, or add the missing fields.',
      });
      continue;
    }
    const fields: Record<string, unknown> = Object.create(null);
    for (let i = 0; i < columns.length; i++) fields[columns[i]!] = cells[i];
    records.push({ line, position: line, fields });
  }
  return { records, refused, fraction };
}

/** Parses chunk by chunk; the parser's own stream is used for its state machine, without waiting per record. */
async function* readRecords(
  path: string,
  encoding: string,
  format: CsvFormat,
): AsyncIterable<{ rows: Row[]; fraction: number }> {
  const parser = parse({
    delimiter: format.delimiter,
    record_delimiter: [...format.lineEnds],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    from_line: format.fromLine,
    max_record_size: MAX_RECORD_CHARACTERS,
    info: true,
  });
  let failure: CsvError | undefined;
  parser.on('error', (error) => {
    // The parser only fails with its own errors; its types promise any.
    failure = error as CsvError;
  });
  let previousEnd = 0;
  const take = (): Row[] => {
    const rows: Row[] = [];
    // With `info` the parser gives each record as { record, info }.
    let item = parser.read() as { record: string[]; info: { lines: number } } | null;
    for (; item !== null; item = parser.read()) {
      const end = item.info.lines;
      rows.push({ line: firstLine(item.record, previousEnd, end), cells: item.record });
      previousEnd = end;
    }
    return rows;
  };
  let fraction = 0;
  for await (const chunk of readText(path, encoding)) {
    fraction = chunk.fraction;
    if (chunk.text !== '') parser.write(chunk.text);
    yield { rows: take(), fraction };
    await nextTick();
    if (failure) throw toMalformed(path, failure);
  }
  parser.end();
  await nextTick();
  if (failure) throw toMalformed(path, failure);
  yield { rows: take(), fraction };
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A record ends on the line before the next; those with line breaks in their fields began earlier. */
function firstLine(cells: readonly string[], previousEnd: number, end: number): number {
  if (end - previousEnd <= 1) return end;
  let breaks = 0;
  for (const cell of cells) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return end - breaks;
}

function toMalformed(path: string, error: CsvError) {
  const line = typeof error.lines === 'number' ? error.lines : undefined;
  const at = line === undefined ? {} : { line };
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return malformed(path, {
        ...at,
        what: 'a quoted field that begins near this line is never closed',
        remedy: 'Close the quote, or double a quote that is part of the text ("").',
        cause: error,
      });
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return malformed(path, {
        ...at,
        what: 'a quote stands in the middle of a field',
        remedy: 'Put the whole field in quotes and double the quotes in it ("").',
        cause: error,
      });
    case 'CSV_MAX_RECORD_SIZE':
      return malformed(path, {
        ...at,
        what: `a row is longer than ${MAX_RECORD_CHARACTERS} characters; a quote before it may not be closed`,
        remedy: 'Close the quote, or shorten the row.',
        cause: error,
      });
    default:
      return malformed(path, { ...at, what: error.message, remedy: 'Export the file again.' });
  }
}
