import { UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { PlainTable } from '../PlainTable.tsx';
import classes from './Chart.module.css';

interface Props {
  /** One sentence that says what the chart shows; also its accessible name. */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly table: readonly (readonly string[])[];
  readonly children: ReactNode;
}

/** A chart with its sentence, and the same numbers as a table (T). */
export function ChartFigure({ caption, headings, table, children }: Props) {
  const [isTable, setIsTable] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 't' && !event.ctrlKey && !event.metaKey) setIsTable(!isTable);
  };
  return (
    <figure className={classes.figure} onKeyDown={onKeyDown}>
      {isTable ? (
        <PlainTable
          label={caption}
          columns={headings.map((title, index) => ({
            title,
            isNumber: index > 0,
            cell: (row: readonly string[]) => row[index],
          }))}
          rows={table}
          keyOf={(row) => row.join('|')}
        />
      ) : (
        children
      )}
      <figcaption className={classes.caption}>
        <span>{caption}</span>
        <UnstyledButton className={classes.toggle} onClick={() => setIsTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </UnstyledButton>
      </figcaption>
    </figure>
  );
}
