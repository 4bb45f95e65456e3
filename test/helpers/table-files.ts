import { parquetWriteBuffer } from 'hyparquet-writer';
import writeXlsxFile from 'write-excel-file/node';

/** A workbook with one sheet of these rows. */
export function toXlsx(rows: readonly (readonly (string | number | boolean | Date | null)[])[]) {
  const sheet = rows.map((row) =>
    row.map((value) =>
      value === null ? null : { value, ...(value instanceof Date ? { format: 'yyyy-mm-dd' } : {}) },
    ),
  );
  // The package's types want each cell's type spelled out; it takes it from the value.
  return writeXlsxFile(sheet as unknown as Parameters<typeof writeXlsxFile>[0]).toBuffer();
}

export interface ParquetColumn {
  readonly name: string;
  readonly data: unknown[];
  readonly type?: 'STRING' | 'BYTE_ARRAY' | 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'JSON';
}

/** A Parquet file of these columns, in row groups of the given size. */
export function toParquet(columns: readonly ParquetColumn[], rowGroupSize = 1_000): Buffer {
  return Buffer.from(
    parquetWriteBuffer({
      columnData: columns.map((column) => ({ nullable: true, ...column })),
      rowGroupSize,
    }),
  );
}
