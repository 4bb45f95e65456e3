import type { Mapping } from '../../shared/contract/collect.ts';
import type { Task } from '../../shared/domain/task.ts';
import { guessMapping } from './guess-mapping.ts';
import type { Importer, OpenedFile, SourceRecord } from './importers/importer.ts';
import { chooseImporter } from './importers/index.ts';
import { findColumn, missingColumn, resolveMapping } from './mapping.ts';

const SAMPLE_ROWS = 200;

export interface PlanRequest {
  readonly path: string;
  /** An importer's id; left out, the content decides. */
  readonly format?: string | undefined;
  readonly encoding?: string | undefined;
  /** Left out, it is guessed from names and content. */
  readonly mapping?: Mapping | undefined;
}

/** How a file will be read: by which importer, with which mapping. */
export interface ImportPlan {
  readonly importer: Importer;
  readonly file: OpenedFile;
  /** Of the whole file, or of its first rows where each row names its own. */
  readonly columns: readonly string[];
  readonly sample: readonly SourceRecord[];
  readonly mapping: Mapping;
}

/** Looks at a file and settles the mapping. @throws AppError `collect.mapping` when there is nothing to take as text */
export async function planImport(task: Task, request: PlanRequest): Promise<ImportPlan> {
  const looked = await lookInto(task, request);
  const { columns } = looked;
  // Nothing readable so far: reading the whole file says why, line by line.
  if (columns.length === 0) return { ...looked, mapping: request.mapping ?? { text: 'text' } };
  if (looked.file.columns !== null || request.mapping === undefined)
    return { ...looked, mapping: resolveMapping(request.mapping ?? looked.guess, columns) };
  const { text } = request.mapping;
  if (text === undefined || findColumn(text, columns) === undefined)
    throw missingColumn(`has no column "${text ?? 'text'}" in its first rows`, 'text', columns);
  // The other columns may first appear in a later row.
  const known = Object.entries(request.mapping).map(([field, column]) => [
    field,
    findColumn(column, columns) ?? column,
  ]);
  return { ...looked, mapping: Object.fromEntries(known) as Mapping };
}

/** Reads the first rows of a file and guesses its mapping, without settling on it. */
export async function lookInto(
  task: Task,
  { path, format, encoding }: PlanRequest,
): Promise<Omit<ImportPlan, 'mapping'> & { readonly guess: Mapping }> {
  const importer = await chooseImporter(path, format);
  const file = await importer.open(path, { encoding, taskKind: task.kind });
  const sample: SourceRecord[] = [];
  for await (const { records } of file.batches()) {
    sample.push(...records.slice(0, SAMPLE_ROWS - sample.length));
    if (sample.length === SAMPLE_ROWS) break;
  }
  const columns = file.columns ?? [...new Set(sample.flatMap(({ fields }) => Object.keys(fields)))];
  const guess = guessMapping(
    columns,
    sample.map(({ fields }) => fields),
    task,
  );
  return { importer, file, columns, sample, guess };
}
