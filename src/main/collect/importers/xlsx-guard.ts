import { unzipSync, zipSync } from 'fflate';
import { malformed } from '../malformed.ts';

const MAX_ENTRIES = 2_000;
const MAX_BYTES = 128 * 1024 * 1024;
const MAX_RATIO = 200;
/** Below this size any ratio is harmless, and small sheets of equal cells reach high ones. */
const MIN_SUSPECT_BYTES = 8 * 1024 * 1024;
const MAX_CELLS = 10_000_000;

const tooLarge = 'Save the sheet as CSV and import that.';

/**
 * Makes an untrusted workbook safe to hand to its parser: the sizes in the zip directory are judged before anything
 * is inflated, each entry is inflated into exactly its declared size, and the sheets' addresses are judged because a
 * single cell at XFD1048576 makes a table of 17 billion. The result is a fresh archive without compression.
 * @throws AppError `file.malformed`
 */
export function toSafeWorkbook(path: string, bytes: Uint8Array): Uint8Array {
  let entries = 0;
  let total = 0;
  let files: Record<string, Uint8Array>;
  const broken = (what: string, cause?: unknown) =>
    malformed(path, { what, remedy: 'Open it in a spreadsheet program and save it again.', cause });
  try {
    unzipSync(bytes, {
      filter: ({ size, originalSize }) => {
        entries++;
        total += originalSize;
        if (entries > MAX_ENTRIES || total > MAX_BYTES || isBomb(size, originalSize))
          throw malformed(path, {
            what: `the workbook unpacks to too much (over ${Math.round(total / 1e6)} MB in ${entries} parts) and may be a zip bomb`,
            remedy: tooLarge,
          });
        return false;
      },
    });
    if (entries === 0) throw broken('the workbook is an empty archive');
    files = unzipSync(bytes, { filter: ({ name }) => /\.(xml|rels)$/i.test(name) });
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    throw broken('the workbook is damaged or cut off', error);
  }
  if (!Object.keys(files).some((name) => /^\/?xl\/workbook\.xml$/i.test(name)))
    throw malformed(path, {
      what: 'the file is a ZIP archive, but not an Excel workbook',
      remedy: 'Import the files inside it one by one.',
    });
  for (const [name, content] of Object.entries(files))
    if (/worksheets\/[^/]+\.xml$/i.test(name)) assertCells(path, content);
  return zipSync(files, { level: 0 });
}

function isBomb(size: number, originalSize: number): boolean {
  return originalSize > MIN_SUSPECT_BYTES && originalSize > size * MAX_RATIO;
}

function assertCells(path: string, sheet: Uint8Array): void {
  const xml = new TextDecoder('latin1').decode(sheet);
  let [lastRow, lastColumn] = [0, 0];
  for (const [, row] of xml.matchAll(/<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["'](\d+)["']/g))
    lastRow = Math.max(lastRow, Number(row));
  for (const [, letters, row] of xml.matchAll(
    /<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["']([A-Z]+)(\d+)["']/gi,
  )) {
    lastRow = Math.max(lastRow, Number(row));
    lastColumn = Math.max(lastColumn, columnNumber(letters!));
  }
  if (lastRow * Math.max(1, lastColumn) > MAX_CELLS)
    throw malformed(path, {
      line: lastRow,
      what: `the sheet reaches to row ${lastRow} and column ${lastColumn}, more than ${MAX_CELLS} cells`,
      remedy: tooLarge,
    });
}

/** A = 1, Z = 26, AA = 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
