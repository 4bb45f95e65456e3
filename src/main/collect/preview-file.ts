import type { Mapping } from '../../shared/contract/collect.ts';
import type { Task } from '../../shared/domain/task.ts';
import { lookInto, type PlanRequest } from './plan-import.ts';

const PREVIEW_ROWS = 50;

/** What a file looks like before anything is imported. */
export interface FilePreview {
  readonly importer: string;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  readonly rows: readonly {
    readonly line: number;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
}

/** Reads the start of a file: what it is, its columns, the guessed mapping and its first 50 rows. @throws AppError as `importFile` */
export async function previewFile(task: Task, request: PlanRequest): Promise<FilePreview> {
  const { importer, file, columns, sample, guess } = await lookInto(task, request);
  return {
    importer: importer.id,
    encoding: file.encoding,
    delimiter: file.delimiter,
    columns,
    mapping: guess,
    rows: sample.slice(0, PREVIEW_ROWS).map(({ line, fields }) => ({ line, fields })),
  };
}
