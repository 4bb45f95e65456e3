import type { RefusedRow } from '../../../shared/contract/collect.ts';
import type { TaskKind } from '../../../shared/domain/task.ts';

/** One row of a file as it stands there, before any mapping. */
export interface SourceRecord {
  /** Line of the file (row of the sheet or table), from 1: for people. */
  readonly line: number;
  /** Number in the generated id of a row that has none; the line where it is unique in the file. */
  readonly position: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Rows read in one go, so that nothing waits per row. */
export interface RecordBatch {
  readonly records: readonly SourceRecord[];
  readonly refused: readonly RefusedRow[];
  /** How much of the file has been read, in [0, 1]. */
  readonly fraction: number;
}

export interface ReadOptions {
  /** The name of a text encoding; without it UTF-8, or UTF-16 with a byte order mark. */
  readonly encoding?: string | undefined;
  readonly taskKind: TaskKind;
}

/** A file whose structure has been looked at, ready to be read once. */
export interface OpenedFile {
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** The columns in order where the file declares them; null when each row names its own. */
  readonly columns: readonly string[] | null;
  /** Whether `null` in a row is a value (JSON's null) and not an empty cell. */
  readonly hasNull: boolean;
  batches(): AsyncIterable<RecordBatch>;
}

/** The start of a file, from which its importer is chosen. */
export interface FileHead {
  readonly extension: string;
  readonly bytes: Uint8Array;
  /** The same as text, as well as it decodes. */
  readonly text: string;
}

/** One kind of file. To add one: a file here and a line in `index.ts`. */
export interface Importer {
  readonly id: string;
  readonly title: string;
  /** Lower case, with the dot; used when no importer recognises the content. */
  readonly extensions: readonly string[];
  /** Recognises the content for certain. */
  sniff(head: FileHead): boolean;
  /** @throws AppError `file.malformed` (also from `batches`), with the line and a remedy */
  open(path: string, options: ReadOptions): Promise<OpenedFile>;
}
