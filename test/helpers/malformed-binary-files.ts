import { strToU8, unzipSync, zipSync } from 'fflate';
import { bytes, type Malformed, rows } from './malformed-text-files.ts';
import { toParquet, toXlsx } from './table-files.ts';

const workbook: Uint8Array = await toXlsx([
  ['text', 'label'],
  ['first', 'card'],
]);
const sheetWith = (xml: string) => {
  const files = unzipSync(workbook);
  const name = Object.keys(files).find((file) => file.includes('worksheets/sheet'))!;
  return zipSync({ ...files, [name]: strToU8(xml) });
};
/** Overwrites the uncompressed size of every entry in the directory of a zip archive. */
const withDeclaredSize = (zip: Uint8Array, size: number) => {
  const copy = Buffer.from(zip);
  for (
    let at = copy.indexOf('PK\u0001\u0002');
    at !== -1;
    at = copy.indexOf('PK\u0001\u0002', at + 4)
  )
    copy.writeUInt32LE(size, at + 24);
  return copy;
};
const bomb = () =>
  zipSync({ ...unzipSync(workbook), 'xl/worksheets/sheet9.xml': new Uint8Array(12_000_000) });

const xlsxFiles: Malformed[] = [
  ['empty.xlsx', '', /not an Excel workbook/],
  ['text.xlsx', rows, /not an Excel workbook.*as CSV/],
  ['old.xls', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /old Excel workbook/],
  ['cut.xlsx', () => workbook.subarray(0, workbook.length / 2), /damaged or cut off/],
  ['magic-only.xlsx', bytes('PK', [3, 4]), /damaged or cut off|empty archive/],
  ['zip.xlsx', () => zipSync({ 'a.csv': strToU8(rows) }), /ZIP archive, but not an Excel workbook/],
  ['bomb.xlsx', bomb, /unpacks to too much.*zip bomb/],
  ['declared-bomb.xlsx', () => withDeclaredSize(workbook, 4_000_000_000), /unpacks to too much/],
  ['lying-directory.xlsx', () => withDeclaredSize(bomb(), 100), /can't be read|damaged/],
  [
    'many-parts.xlsx',
    () =>
      zipSync(Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`${i}`, strToU8('')]))),
    /unpacks to too much/,
  ],
  [
    'far-cell.xlsx',
    () =>
      sheetWith(
        '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
      ),
    /row 1048576 and column 16384/,
  ],
  [
    'broken-sheet.xlsx',
    () => sheetWith('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c>'),
    /can't be read/,
  ],
  [
    'same-names.xlsx',
    () =>
      toXlsx([
        ['text', 'text'],
        ['a', 'b'],
      ]),
    /two columns are named "text"/,
  ],
  ['header-only.xlsx', () => toXlsx([['text', 'label']]), /no rows in it/],
  ['blank-sheet.xlsx', () => toXlsx([[null]]), /first sheet is empty/],
];

const parquet = toParquet([
  { name: 'text', data: Array.from({ length: 50 }, (_, i) => `row ${i}`) },
]);
const parquetWith = (change: (copy: Buffer) => void) => {
  const copy = Buffer.from(parquet);
  change(copy);
  return copy;
};

const parquetFiles: Malformed[] = [
  ['empty.parquet', '', /Parquet file can't be read/],
  ['text.parquet', rows, /Parquet file can't be read/],
  ['magic-only.parquet', 'PAR1PAR1', /Parquet file can't be read/],
  ['cut.parquet', parquet.subarray(0, parquet.length - 20), /Parquet file can't be read/],
  [
    'long-footer.parquet',
    parquetWith((copy) => copy.writeUInt32LE(1e9, copy.length - 8)),
    /can't be read/,
  ],
  [
    'damaged-footer.parquet',
    parquetWith((copy) => copy.fill(0xff, copy.length - 60, copy.length - 10)),
    /can't be read/,
  ],
  ['damaged-page.parquet', parquetWith((copy) => copy.fill(0xff, 4, 200)), /can't be read/],
  ['no-rows.parquet', toParquet([{ name: 'text', data: [], type: 'STRING' }]), /no rows in it/],
  [
    'null-text.parquet',
    toParquet([{ name: 'text', data: [null, null], type: 'STRING' }]),
    /the text is empty/,
  ],
  [
    'not-utf8.parquet',
    toParquet([{ name: 'text', data: ['aaaa', 'bbbb'], type: 'STRING' }]).map((byte) =>
      byte === 0x62 ? 0xff : byte,
    ),
    /can't be read/,
  ],
];

export const malformedBinaryFiles = [...xlsxFiles, ...parquetFiles];
