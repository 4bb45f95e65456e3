import { Select } from '@mantine/core';
import {
  type FilePreview,
  type Mapping,
  type MappingField,
  mappingFields,
} from '../../../shared/contract/collect.ts';
import { cellText, counted } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './Collect.module.css';
import { useImport } from './import-store.ts';

const words = {
  text: { label: 'Text', hint: 'what the student reads' },
  context: { label: 'Context', hint: 'what was said before it, such as the question' },
  output: { label: 'Label', hint: 'the known answer' },
  id: { label: 'Id', hint: 'your own number; left out, one is made' },
  group: { label: 'Group', hint: 'rows that belong together, such as of one customer' },
  split: { label: 'Split', hint: 'train, calibration, holdout; left out, decided later' },
  date: { label: 'Date', hint: 'the day that “tomorrow” in the text counts from, YYYY-MM-DD' },
} as const satisfies Record<MappingField, { label: string; hint: string }>;

/** How the file is read, which column is what, and its first rows. */
export function ImportPreview({
  path,
  preview: { importer, encoding, delimiter, columns, rows },
  mapping,
}: {
  readonly path: string;
  readonly preview: FilePreview;
  readonly mapping: Mapping;
}) {
  const set = (field: MappingField, column: string | null) => {
    const { [field]: _, ...others } = mapping;
    useImport.setState({ mapping: column ? { ...others, [field]: column } : others });
  };
  const fieldOf = (column: string) => mappingFields.find((field) => mapping[field] === column);
  const facts = [
    importer.toUpperCase(),
    encoding,
    delimiter && `separated by ${delimiter === '\t' ? 'tabs' : `“${delimiter}”`}`,
    counted(columns.length, 'column'),
  ].filter(Boolean);
  return (
    <>
      <p className={classes.format}>
        <strong>{path.split(/[\\/]/).at(-1)}</strong> · {facts.join(' · ')}
      </p>
      <Panel title="Which column is what?">
        <div className={classes.mapping}>
          {mappingFields.map((field) => (
            <Select
              key={field}
              size="sm"
              label={words[field].label}
              description={words[field].hint}
              placeholder="not in this file"
              required={field === 'text'}
              clearable={field !== 'text'}
              clearButtonProps={{ 'aria-label': `No ${words[field].label}` }}
              data={[...columns]}
              value={mapping[field] ?? null}
              onChange={(column) => set(field, column)}
            />
          ))}
        </div>
      </Panel>
      <Panel title={`First ${counted(rows.length, 'row')}`}>
        <section
          className={classes.preview}
          aria-label="First rows"
          data-record
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          tabIndex={0}
        >
          <PlainTable
            label="First rows of the file"
            rows={rows}
            keyOf={({ line }) => String(line)}
            columns={[
              { title: 'Line', cell: ({ line }) => line },
              ...columns.map((column) => {
                const field = fieldOf(column);
                return {
                  title: field ? `${column} → ${words[field].label}` : column,
                  cell: ({ fields }: (typeof rows)[number]) => (
                    <span className={field ? '' : classes.dim}>{cellText(fields[column])}</span>
                  ),
                };
              }),
            ]}
          />
        </section>
      </Panel>
    </>
  );
}
