import type { FilePreview } from '../../shared/contract/collect.ts';
import type { Task } from '../../shared/domain/task.ts';
import { lookInto, type PlanRequest } from './plan-import.ts';

const PREVIEW_ROWS = 50;

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
