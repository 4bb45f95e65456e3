import { stringify } from 'csv-stringify/sync';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Format } from './format.ts';

/** What a spreadsheet may run: = + - @ (wide ones, too) after blanks or characters that no one sees, or a tab or line break. */
const FORMULA = /^(?:[\t\r\n]|[\s\u200B-\u200F\u2060\uFEFF]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/;

/**
 * A spreadsheet runs a cell that begins so as a formula. Such cells, and those that already look defused, get one
 * apostrophe before; to read the text back take exactly one off.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function defuseFormula(cell: string): string {
  return FORMULA.test(cell.replace(/^'+/, '')) ? `'${cell}` : cell;
}

/** Undoes `defuseFormula`. */
export function restoreFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.replace(/^'+/, '')) ? cell.slice(1) : cell;
}

const header = ['id', 'text', 'context', 'output', 'split', 'origin', 'labelled_by', 'source'];
const CHUNK = 1_000;

export const csv: Format = {
  title: 'CSV (UTF-8), spreadsheet formulas defused',
  extension: 'csv',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: true,
  *encode(rows) {
    yield stringify([header]);
    for (let start = 0; start < rows.length; start += CHUNK)
      yield stringify(
        rows
          .slice(start, start + CHUNK)
          .map((row) =>
            [
              row.id,
              row.text,
              row.context ?? '',
              typeof row.output === 'string' ? row.output : canonicalJson(row.output),
              row.split,
              row.origin,
              row.labelledBy,
              row.source ?? '',
            ].map(defuseFormula),
          ),
      );
  },
};
