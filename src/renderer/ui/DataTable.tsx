// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table element cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
} from 'react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A track of CSS grid, such as `120px` or `minmax(0, 1fr)`. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** The rows loaded so far, from the first. */
  readonly rows: readonly Row[];
  /** All rows there are, loaded or not. */
  readonly total: number;
  readonly keyOf: (row: Row) => string | number;
  readonly activeIndex: number;
  readonly onActivate: (index: number) => void;
  /** Called when the last loaded rows come near. */
  readonly onNearEnd?: () => void;
  readonly isSelected?: (row: Row) => boolean;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly header?: (column: Column<Row>) => ReactNode;
}

/** Chromium clamps an element at 33,554,428 px: a million rows fit at no more than 33 px. */
const ROW_HEIGHT_PX = 32;
const NEAR_ROWS = 40;

/** A grid of any length: only what is seen is drawn, and one row is the current one for the keyboard. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, total, keyOf, activeIndex, onActivate, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR_ROWS && rows.length < total) onNearEnd?.();
  }, [last, rows.length, total, onNearEnd]);

  const move = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    onActivate(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, activeIndex, rows.length);
    if (target !== undefined) {
      event.preventDefault();
      move(target);
    } else props.onKey?.(event);
  };

  const latest = useRef(onActivate);
  latest.current = onActivate;
  const activate = useCallback((index: number) => latest.current(index), []);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-activedescendant={rows.length > 0 ? `${id}-${activeIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} role="rowgroup">
        <div className={classes.row} role="row" aria-rowindex={1} style={templateOf(columns)}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" data-number={column.isNumber}>
              {props.header?.(column) ?? column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <DrawnRow
              key={keyOf(row)}
              id={`${id}-${index}`}
              row={row}
              index={index}
              start={start}
              columns={columns}
              isActive={index === activeIndex}
              isSelected={props.isSelected?.(row)}
              onActivate={activate}
            />
          );
        })}
      </div>
    </div>
  );
}

const templateOf = <Row,>(columns: readonly Column<Row>[]) => ({
  gridTemplateColumns: columns.map(({ width }) => width).join(' '),
});

interface DrawnRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isSelected: boolean | undefined;
  readonly onActivate: (index: number) => void;
}

/** Drawn again only when it is another row or its state changes, so that scrolling draws what comes into sight alone. */
const DrawnRow = memo(function DrawnRow<Row>({
  id,
  row,
  index,
  start,
  columns,
  isActive,
  isSelected,
  onActivate,
}: DrawnRowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid moves with its own keys
    <div
      id={id}
      className={classes.row}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      {...(isSelected === undefined ? {} : { 'aria-selected': isSelected })}
      data-active={isActive}
      style={{ ...templateOf(columns), transform: `translateY(${start}px)` }}
      onClick={() => onActivate(index)}
    >
      {columns.map(({ id: columnId, cell, isNumber }) => (
        <div key={columnId} role="gridcell" className={classes.cell} data-number={isNumber}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}) as <Row>(props: DrawnRowProps<Row>) => ReactNode; // memo forgets that it is generic

const PAGE_ROWS = 15;

function targetOf(key: string, from: number, length: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE_ROWS,
    PageUp: from - PAGE_ROWS,
    Home: 0,
    End: length - 1,
  };
  return targets[key];
}
