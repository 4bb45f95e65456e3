import type { RefusedRow } from '../../../shared/contract/collect.ts';
import { malformed } from '../malformed.ts';
import { readText } from '../read-text.ts';
import type { RecordBatch, SourceRecord } from './importer.ts';

const MAX_LINE_CHARACTERS = 16_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** Turns the object of one line into the fields of its row, or says why it can't. */
export type ToFields = (object: Fields) => { readonly fields: Fields } | Omit<RefusedRow, 'line'>;

/**
 * Reads one JSON object a line. A line that is not one is refused; but a last line that is cut off (not JSON, and
 * no line break after it) means that the file is not whole.
 * @throws AppError `file.malformed`
 */
export async function* readJsonLines(
  path: string,
  encoding: string,
  toFields: ToFields,
): AsyncIterable<RecordBatch> {
  let carry = '';
  let line = 0;
  let records: SourceRecord[] = [];
  let refused: RefusedRow[] = [];
  let isTooLong = false;

  function parseLine(source: string, isLast: boolean): void {
    line++;
    if (isTooLong || source.length > MAX_LINE_CHARACTERS) {
      isTooLong = false;
      refused.push({
        line,
        reason: `the line is longer than ${MAX_LINE_CHARACTERS} characters`,
        remedy: 'Split it, or check that the file has one JSON object a line.',
      });
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(source);
    } catch (error) {
      if (source.trim() === '') return;
      if (isLast)
        throw malformed(path, {
          line,
          what: 'the last line is cut off',
          remedy: 'The file is not whole. Export or copy it again.',
          cause: error,
        });
      refused.push({ line, reason: `not JSON: ${(error as Error).message}`, remedy: notJson });
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refused.push({
        line,
        reason: 'the line is JSON, but not an object',
        remedy: 'Write each row as an object, such as {"text": "..."}.',
      });
      return;
    }
    const result = toFields(value as Fields);
    if ('fields' in result) records.push({ line, position: line, fields: result.fields });
    else refused.push({ line, ...result });
  }

  for await (const { text, fraction } of readText(path, encoding)) {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      parseLine(carry + text.slice(start, end), false);
      carry = '';
      start = end + 1;
    }
    carry += text.slice(start);
    if (carry.length > MAX_LINE_CHARACTERS) {
      isTooLong = true;
      carry = '';
    }
    yield { records, refused, fraction };
    [records, refused] = [[], []];
  }
  if (carry !== '' || isTooLong) parseLine(carry, true);
  yield { records, refused, fraction: 1 };
}

const notJson = 'Correct the line, or leave it out.';

/** The object on the first line that is not empty, if there is one and the line is whole. */
export function firstJsonLine(text: string): Fields | undefined {
  const line = text.replace(/^\uFEFF/, '').match(/^\s*(\{[^\n]*\})\s*(?:\n|$)/)?.[1];
  if (line === undefined) return undefined;
  try {
    // The text begins with a brace, so that what parses is an object.
    return JSON.parse(line) as Fields;
  } catch {
    return undefined;
  }
}
