// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table element cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A track of CSS grid, such as `120px` or `minmax(0, 1fr)`. */
  readonly width: string;
  /** The table's width below which the column is left out: what it says is among the details, too. */
  readonly neededWidthPx?: number;
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
  readonly activeIndex: number;
  readonly onActivate: (index: number) => void;
  /** Called when the last loaded rows come near. */
  readonly onNearEnd?: () => void;
  readonly isSelected?: (row: Row) => boolean;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly header?: ((column: Column<Row>) => ReactNode) | undefined;
}

/** Chromium clamps an element at 33,554,428 px: a million rows fit at no more than 33 px. */
const ROW_HEIGHT_PX = 32;
/** The next page is asked for while so many rows are still to come, so that a fast scroll does not wait for it. */
const NEAR_ROWS = 200;

/** A grid of any length: only what is seen is drawn, and one row is the current one for the keyboard. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, rows, total, activeIndex, onActivate, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useFitting(props.columns, scroller);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  // Elements are used again: a row that leaves at one end lends its own to the one that comes in at the other.
  const slots = useRef(0);
  slots.current = Math.max(slots.current, items.length);
  const slotOf = (index: number) => index % slots.current;
  // At rest they stand in reading order; to move them about at each frame would cost what using them again saves.
  const drawn = virtual.isScrolling
    ? items.toSorted((a, b) => slotOf(a.index) - slotOf(b.index))
    : items;
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
      style={templateOf(columns)}
      onKeyDown={onKeyDown}
    >
      <Head columns={columns} header={props.header} />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <DrawnRow
              key={slotOf(index)}
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

/** The columns that there is room for; the same list as long as they are the same. */
function useFitting<Row>(
  columns: readonly Column<Row>[],
  scroller: RefObject<HTMLElement | null>,
): readonly Column<Row>[] {
  const [leftOut, setLeftOut] = useState('');
  useLayoutEffect(() => {
    const measure = () => {
      const widthPx = scroller.current?.clientWidth ?? 0;
      const tooWide = columns.filter(({ neededWidthPx = 0 }) => neededWidthPx > widthPx);
      setLeftOut(tooWide.map(({ id }) => id).join(' '));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [columns, scroller]);
  return useMemo(
    () => columns.filter(({ id }) => !leftOut.split(' ').includes(id)),
    [columns, leftOut],
  );
}

/** Said once for all rows. */
const templateOf = <Row,>(columns: readonly Column<Row>[]) =>
  ({
    '--columns': columns.map(({ width }) => width).join(' '),
    '--least-width': `${leastWidthPx(columns)}px`,
  }) as CSSProperties; // properties of ours

const GAP_PX = 12;

/** Where there is less room than this the table scrolls sideways: each track at its least, the gaps and both edges. */
const leastWidthPx = <Row,>(columns: readonly Column<Row>[]) =>
  columns.reduce((sum, { width }) => sum + Number.parseInt(/\d+/.exec(width)?.[0] ?? '0', 10), 0) +
  GAP_PX * (columns.length + 1);

type HeadProps<Row> = Pick<Props<Row>, 'columns' | 'header'>;

/** Drawn again only when the columns or what stands above them change. */
const Head = memo(function Head<Row>({ columns, header }: HeadProps<Row>) {
  return (
    <div className={classes.head} role="rowgroup">
      <div className={classes.row} role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <div key={column.id} role="columnheader" data-number={column.isNumber}>
            {header?.(column) ?? column.title}
          </div>
        ))}
      </div>
    </div>
  );
}) as <Row>(props: HeadProps<Row>) => ReactNode; // memo forgets that it is generic

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
      style={{ top: start }}
      onClick={() => onActivate(index)}
    >
      {columns.map(({ id: columnId, cell, width, isNumber }) => (
        <div
          key={columnId}
          role="gridcell"
          className={isElastic(width) ? classes.cut : undefined}
          // A text that runs from right to left begins at the right, and is cut off at the left.
          dir={isElastic(width) ? 'auto' : undefined}
          data-number={isNumber}
        >
          {cell(row)}
        </div>
      ))}
    </div>
  );
}) as <Row>(props: DrawnRowProps<Row>) => ReactNode; // memo forgets that it is generic

/** A share of what is left holds texts of any length; only there is the cost of cutting them off worth it. */
const isElastic = (width: string) => width.includes('fr');

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
