import { parquetWriteBuffer } from 'hyparquet-writer';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { ExportRow } from '../export-row.ts';
import type { Format } from './format.ts';

export const parquet: Format = {
  title: 'Parquet, all columns as text, outputs that are no text as JSON',
  extension: 'parquet',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: true,
  *encode(rows) {
    const column = (name: string, valueIn: (row: ExportRow) => string | null) => ({
      name,
      data: rows.map(valueIn),
      type: 'STRING' as const,
      nullable: true,
    });
    yield new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          column('id', (row) => row.id),
          column('text', (row) => row.text),
          column('context', (row) => row.context),
          column('output', ({ output }) =>
            typeof output === 'string' ? output : canonicalJson(output),
          ),
          column('split', (row) => row.split),
          column('origin', (row) => row.origin),
          column('labelled_by', (row) => row.labelledBy),
          column('source', (row) => row.source),
        ],
      }),
    );
  },
};
