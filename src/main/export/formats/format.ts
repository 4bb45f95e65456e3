import type { Split } from '../../../shared/domain/example.ts';
import type { Task, TaskKind } from '../../../shared/domain/task.ts';
import type { Column } from '../column.ts';
import type { Description } from '../describe.ts';
import type { ExportRow, PairRow } from '../export-row.ts';

interface FormatBase<Row extends ExportRow> {
  readonly title: string;
  readonly extension: string;
  readonly kinds: readonly TaskKind[];
  /** Whether the rows keep their ids, splits and sources, or only what a trainer reads. */
  readonly isComplete: boolean;
  /** Where the rows of a split go; `SPLIT.EXTENSION` when left out. */
  pathOf?(split: Split): string;
  /** The columns, where the card tells their types. */
  columns?(task: Task): readonly Column[];
  /** Files besides the rows, the card and the manifest. */
  beside?(described: Description): readonly { readonly path: string; readonly text: string }[];
  /** The bytes of one file, piece by piece. */
  encode(rows: readonly Row[], task: Task): Iterable<string | Uint8Array>;
}

/** One way to write a data set. To add one: a file in this folder and a line in `index.ts`. */
export type Format =
  | (FormatBase<ExportRow> & { readonly needs?: undefined })
  /** Only rows that a person corrected have both answers. */
  | (FormatBase<PairRow> & { readonly needs: 'pairs' });
