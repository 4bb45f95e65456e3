import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Column } from '../column.ts';
import { croissant } from '../croissant.ts';
import type { ExportRow } from '../export-row.ts';
import { hubSplits } from '../hub.ts';
import type { Format } from './format.ts';

/** A folder that `datasets.load_dataset` reads: Parquet, a card with typed columns, Croissant metadata. */
export const huggingface: Format = {
  title: 'Hugging Face dataset folder: Parquet, card, Croissant metadata',
  extension: 'parquet',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: true,
  // One shard a split, named as the hub's own tools name them.
  pathOf: (split) => `data/${hubSplits[split]}-00000-of-00001.parquet`,
  columns,
  beside: (described) => [
    { path: 'croissant.json', text: `${JSON.stringify(croissant(described), null, 2)}\n` },
  ],
  *encode(rows, task) {
    const told = columns(task);
    yield new Uint8Array(
      parquetWriteBuffer({
        columnData: told.map((column) => toColumnData(column, rows)),
        // What `datasets` takes the types from where a file is read without its card.
        kvMetadata: [
          { key: 'huggingface', value: JSON.stringify({ info: { features: toFeatures(told) } }) },
        ],
      }),
    );
  },
};

const common: readonly Column[] = [
  { name: 'origin', description: 'Whether the text is real or was made from another one.' },
  { name: 'labelled_by', description: 'Whose answer it is: human, teacher, rule or imported.' },
  { name: 'source', description: 'The file that the text came from.' },
];

function columns({ kind, labels }: Task): readonly Column[] {
  const answer =
    kind === 'classify'
      ? { name: 'label', description: 'The answer, by its number.', classes: labels ?? [] }
      : {
          name: 'output',
          description: kind === 'rewrite' ? 'The answer.' : 'The answer as JSON; null for no call.',
        };
  return [
    { name: 'id', description: 'The id of the row.' },
    { name: 'text', description: 'What came in.' },
    { name: 'context', description: 'The turn before it, where there was one.' },
    answer,
    ...common,
  ];
}

const texts: Readonly<Record<string, (row: ExportRow) => string | null>> = {
  id: (row) => row.id,
  text: (row) => row.text,
  context: (row) => row.context,
  output: ({ output }) => (typeof output === 'string' ? output : canonicalJson(output)),
  origin: (row) => row.origin,
  labelled_by: (row) => row.labelledBy,
  source: (row) => row.source,
};

function toColumnData({ name, classes }: Column, rows: readonly ExportRow[]) {
  if (!classes) {
    const valueIn = texts[name]!;
    return { name, data: rows.map(valueIn), type: 'STRING' as BasicType, nullable: true };
  }
  const numbers = new Map(classes.map((label, i) => [label, BigInt(i)]));
  // Approved rows fit the task: each output is one of its labels.
  const data = rows.map(({ output }) => numbers.get(output as string)!);
  // `datasets` knows the types of a lone file only where each column may be empty.
  return { name, data, type: 'INT64' as BasicType, nullable: true };
}

function toFeatures(told: readonly Column[]) {
  return Object.fromEntries(
    told.map(({ name, classes }) => [
      name,
      classes ? { names: classes, _type: 'ClassLabel' } : { dtype: 'string', _type: 'Value' },
    ]),
  );
}
