import type { Split } from '../../../shared/domain/example.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Task, TaskKind } from '../../../shared/domain/task.ts';

/** One approved example as it leaves the project. */
export interface ExportRow {
  readonly id: string;
  readonly text: string;
  readonly context: string | null;
  readonly output: Json;
  readonly split: Split;
  readonly origin: string;
  readonly labelledBy: string;
  readonly source: string | null;
}

/** One way to write a data set. To add one: a file in this folder and a line in `index.ts`. */
export interface Format {
  readonly title: string;
  readonly extension: string;
  readonly kinds: readonly TaskKind[];
  /** Whether the rows keep their ids, splits and sources, or only what a trainer reads. */
  readonly isComplete: boolean;
  /** The bytes of one file, piece by piece. */
  encode(rows: readonly ExportRow[], task: Task): Iterable<string | Uint8Array>;
}
