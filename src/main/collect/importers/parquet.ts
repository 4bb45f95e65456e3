import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '../../../shared/errors.ts';
import { toFileError } from '../../lib/files.ts';
import { malformed } from '../malformed.ts';
import { nameColumns } from './columns.ts';
import type { Importer, RecordBatch } from './importer.ts';

const MAX_GROUP_BYTES = 1024 ** 3;
const BATCH_ROWS = 5_000;
const magic = [0x50, 0x41, 0x52, 0x31];

/** Apache Parquet, read one row group at a time. */
export const parquet: Importer = {
  id: 'parquet',
  title: 'Parquet',
  extensions: ['.parquet'],
  sniff: ({ bytes }) => magic.every((byte, i) => bytes[i] === byte),
  async open(path) {
    const columns = await withFile(path, async (file) => {
      const metadata = await parquetMetadataAsync(file);
      assertSizes(path, metadata, file.byteLength);
      const names = parquetSchema(metadata).children.map(({ element }) => element.name);
      return nameColumns(path, names, 1);
    });
    return {
      encoding: null,
      delimiter: null,
      columns,
      hasNull: true,
      async *batches() {
        const file = await openFile(path);
        try {
          const buffer = await toAsyncBuffer(file);
          const metadata = await parquetMetadataAsync(buffer);
          let rowStart = 0;
          for (const group of metadata.row_groups) {
            const rowEnd = rowStart + Number(group.num_rows);
            const rows = await readRows(buffer, metadata, rowStart, rowEnd);
            if (rows.length !== rowEnd - rowStart)
              throw new Error(`${rows.length} of ${rowEnd - rowStart} rows could be read`);
            for (let i = 0; i < rows.length; i += BATCH_ROWS)
              yield toBatch(rows.slice(i, i + BATCH_ROWS), rowStart + i, Number(metadata.num_rows));

            rowStart = rowEnd;
          }
        } catch (error) {
          throw toMalformed(path, error);
        } finally {
          await file.close();
        }
      },
    };
  },
};

function toBatch(rows: readonly object[], offset: number, total: number): RecordBatch {
  const records = rows.map((row, i) => ({
    line: offset + i + 1,
    position: offset + i + 1,
    fields: toPlain(row) as Record<string, unknown>,
  }));
  return { records, refused: [], fraction: total === 0 ? 1 : (offset + rows.length) / total };
}

function readRows(file: AsyncBuffer, metadata: FileMetaData, rowStart: number, rowEnd: number) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return parquetReadObjects({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors,
    geoparquet: false,
    parsers: {
      stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
    },
  });
}

/** The footer is untrusted: what it promises must fit the file and the memory. */
function assertSizes(path: string, metadata: FileMetaData, fileBytes: number): void {
  let rows = 0;
  for (const group of metadata.row_groups) {
    const groupRows = Number(group.num_rows);
    rows += groupRows;
    if (Number(group.total_byte_size) > MAX_GROUP_BYTES || groupRows > 1000 * fileBytes)
      throw malformed(path, {
        what: 'a row group unpacks to more than 1 GB',
        remedy: 'Write the file again with smaller row groups.',
      });
  }
  if (!(rows >= 0) || rows !== Number(metadata.num_rows))
    throw new Error(`the footer counts ${metadata.num_rows} rows and its row groups ${rows}`);
}

async function withFile<T>(path: string, body: (file: AsyncBuffer) => Promise<T>): Promise<T> {
  const file = await openFile(path);
  try {
    return await body(await toAsyncBuffer(file));
  } catch (error) {
    throw toMalformed(path, error);
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((error: unknown) => {
    throw toFileError(error, path);
  });
}

async function toAsyncBuffer(file: FileHandle): Promise<AsyncBuffer> {
  const { size } = await file.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      if (!(start >= 0 && end <= size && start <= end))
        throw new Error('a part of it lies outside of the file');
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      if (bytesRead !== bytes.length) throw new Error('a part of it is missing');
      return bytes.buffer;
    },
  };
}

function toMalformed(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return malformed(path, {
    what: `the Parquet file can't be read: ${(error as Error).message}`,
    remedy: 'It may be cut off or damaged. Write or copy it again.',
    cause: error,
  });
}

/** Values as JSON has them: big integers as numbers where that is exact, times as ISO 8601, bytes as base64. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint')
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map(toPlain);
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, part] of Object.entries(value)) plain[key] = toPlain(part);
  return plain;
}
