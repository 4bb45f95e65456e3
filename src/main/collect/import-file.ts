import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Split } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import { contentHash } from '../lib/content-hash.ts';
import { toFileError } from '../lib/files.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import type { Work } from '../lib/work.ts';
import type { ImportedRow } from '../store/imports.ts';
import type { Store } from '../store/store.ts';
import type { RefusedRow, SourceRecord } from './importers/importer.ts';
import { malformed } from './malformed.ts';
import { type Mapping, type MappingField, missingColumn } from './mapping.ts';
import { planImport } from './plan-import.ts';
import { createRowMapper, isRefused, type MappedRow } from './to-row.ts';

const MAX_LISTED_REFUSALS = 10_000;
const MAX_SHOWN_REFUSALS = 5;
const ROWS_A_STATEMENT = 50;

export interface ImportRequest {
  readonly path: string;
  /** Left out, it is guessed from names and content. */
  readonly mapping?: Mapping | undefined;
  /** An importer's id; left out, the content decides. */
  readonly format?: string | undefined;
  readonly encoding?: string | undefined;
  /** Of the rows that do not name their own. */
  readonly split?: Split | undefined;
  /** Who has checked the outputs in the file; they then count as a person's. */
  readonly reviewedBy?: string | undefined;
  readonly licence?: string | undefined;
  /** Runs inside the transaction, such as to give permission: when it fails nothing is imported. */
  readonly onImported?: ((sourceId: number) => void) | undefined;
}

export interface ImportResult {
  readonly sourceId: number;
  readonly importer: string;
  readonly mapping: Mapping;
  readonly imported: number;
  /** Rows that were there before, with the same id and content. */
  readonly duplicates: number;
  /** The first 10,000; `refusedTotal` counts all. */
  readonly refused: readonly RefusedRow[];
  readonly refusedTotal: number;
  /** Imported outputs that do not fit the task; the schema check finds them. */
  readonly invalidOutputs: number;
}

/**
 * Imports a file in one transaction: a file that can't be read as a whole leaves nothing behind, a row that can't be
 * used is refused with its reason while the others come in. Everything comes in private.
 * @throws AppError `file.malformed`, `file.missing`, `collect.mapping`, `app.usage`, `app.cancelled`
 */
export async function importFile(
  store: Store,
  task: Task,
  request: ImportRequest,
  work: Work,
): Promise<ImportResult> {
  const plan = await planImport(task, request);
  const digest = await sha256File(request.path);
  return store.transactionAsync(async () => {
    const sourceId = store.sources.begin({
      fileName: basename(request.path),
      sha256: digest,
      importer: plan.importer.id,
      mapping: plan.mapping,
      licence: request.licence,
    });
    const writer = createWriter(store, task, request, sourceId);
    const map = createRowMapper({
      mapping: plan.mapping,
      taskKind: task.kind,
      hasNull: plan.file.hasNull,
    });
    const unseen = new Map(
      plan.file.columns === null ? Object.entries(plan.mapping).map(([k, v]) => [v, k]) : [],
    );
    for await (const batch of plan.file.batches()) {
      throwIfCancelled(work.signal);
      await setImmediate();
      for (const row of batch.refused) writer.refuse(row);
      for (const record of batch.records) {
        if (unseen.size > 0) markSeen(unseen, record);
        const row = map(record);
        if (isRefused(row)) writer.refuse(row);
        else writer.write(row);
      }
      writer.flush();
      const { imported, refusedTotal, duplicates } = writer.counts();
      const done = imported + refusedTotal + duplicates;
      // As many rows a byte as so far.
      const total = batch.fraction > 0 ? Math.round(done / batch.fraction) : null;
      work.report({ done, total, message: 'importing' });
    }
    const result = writer.result();
    assertUsable(request.path, result, unseen, plan.columns);
    store.sources.finish(sourceId, {
      imported: result.imported,
      refused: result.refusedTotal,
      duplicates: result.duplicates,
    });
    request.onImported?.(sourceId);
    return { sourceId, importer: plan.importer.id, mapping: plan.mapping, ...result };
  });
}

function markSeen(unseen: Map<string, string>, record: SourceRecord): void {
  for (const column of unseen.keys()) if (column in record.fields) unseen.delete(column);
}

type Counted = Omit<ImportResult, 'sourceId' | 'importer' | 'mapping'>;

/** Writes mapped rows, many at a time, and keeps count of what became of each. */
function createWriter(store: Store, task: Task, request: ImportRequest, sourceId: number) {
  const validate = createOutputValidator(task);
  const stem = basename(request.path, extname(request.path));
  const refused: RefusedRow[] = [];
  let [imported, duplicates, refusedTotal, invalidOutputs] = [0, 0, 0, 0];
  const author = request.reviewedBy === undefined ? 'imported' : 'human';
  const name = request.reviewedBy ?? null;
  const session = store.imports.begin({ sourceId, nowMs: Date.now(), author, name });
  let pending: PendingRow[] = [];

  function refuse(row: RefusedRow): void {
    refusedTotal++;
    if (refused.length < MAX_LISTED_REFUSALS) refused.push(row);
  }

  function write(row: MappedRow): void {
    const { output, outputJson } = row;
    const isValid = output !== undefined && validate(output).length === 0;
    const isApproved = isValid && name !== null;
    pending.push({
      givenId: row.id,
      position: row.position,
      output,
      externalId: row.id ?? `${stem}:${row.position}`,
      text: row.text,
      context: row.context,
      metaJson: row.metaJson,
      line: row.line,
      groupKey: row.group,
      split: row.split ?? request.split ?? 'unassigned',
      status: output === undefined ? 'new' : isApproved ? 'approved' : 'labelled',
      contentHash: contentHash(row.text, row.context),
      outputJson: outputJson ?? null,
      isValid,
    });
    if (pending.length === ROWS_A_STATEMENT) flush();
  }

  /** Usually every id is new and one statement does; else row by row, to say which is not. */
  function flush(): void {
    const rows = pending;
    pending = [];
    if (rows.length === 0) return;
    const firstId = session.add(rows);
    if (firstId === undefined) for (const row of rows) writeAlone(row);
    else
      rows.forEach((row, i) => {
        count(row, firstId + i);
      });
  }

  function count(row: PendingRow, exampleId: number): void {
    imported++;
    if (row.outputJson !== null && !row.isValid) invalidOutputs++;
    if (row.status === 'approved' && name !== null)
      store.reviews.add({ exampleId, reviewer: name, verdict: 'approve', output: row.output });
  }

  function writeAlone(given: PendingRow): void {
    // A generated id must not refuse a row: a second file of the same name gets ids of its own.
    for (let copy = 1; ; copy++) {
      const row =
        copy === 1 ? given : { ...given, externalId: `${stem}~${copy}:${given.position}` };
      const exampleId = session.add([row]);
      if (exampleId !== undefined) {
        count(row, exampleId);
        return;
      }
      const conflict = compare(row);
      if (conflict === 'same') {
        duplicates++;
        return;
      }
      if (row.givenId !== undefined) {
        refuse({ line: row.line, ...explain(conflict, row.givenId) });
        return;
      }
    }
  }

  /** Compares with the row that has the id: the same again, another output, or another row. */
  function compare(row: PendingRow): Conflict {
    const existing = store.examples.findByExternalId(row.externalId)!;
    if (existing.contentHash !== row.contentHash) return 'other row';
    if (row.outputJson === null) return 'same';
    return store.imports.hasOutput(existing.id, row.outputJson) ? 'same' : 'other output';
  }

  const counts = () => ({ imported, duplicates, refusedTotal });
  const result = (): Counted => ({ ...counts(), refused, invalidOutputs });
  return { write, refuse, flush, counts, result };
}

interface PendingRow extends ImportedRow {
  readonly givenId: string | undefined;
  readonly position: number;
  readonly output: Json | undefined;
}

type Conflict = 'same' | 'other row' | 'other output';

function explain(conflict: Conflict, id: string): Omit<RefusedRow, 'line'> {
  return conflict === 'other row'
    ? {
        reason: `the id "${id}" already names a different row`,
        remedy: 'Give the row an id of its own, or map another column as id.',
      }
    : {
        reason: `the id "${id}" already names a row with the same text and another output`,
        remedy: 'Correct the output in review, or give the row an id of its own.',
      };
}

/** A file of which nothing could be used is an error, and so is a mapped column that no row had. */
function assertUsable(
  path: string,
  { imported, duplicates, refused, refusedTotal }: Counted,
  unseen: ReadonlyMap<string, string>,
  columns: readonly string[],
): void {
  const [missing] = unseen;
  if (missing && imported + duplicates > 0)
    throw missingColumn(`has no column "${missing[0]}"`, missing[1] as MappingField, columns);
  if (imported + duplicates > 0) return;
  if (refusedTotal === 0)
    throw malformed(path, {
      what: 'there are no rows in it',
      remedy: 'Check that it is the right file.',
    });
  const shown = refused
    .slice(0, MAX_SHOWN_REFUSALS)
    .map(({ line, reason, remedy }) => `Line ${line}: ${reason}. ${remedy}`);
  throw new AppError(
    'file.malformed',
    `${basename(path)}: none of its ${refusedTotal} rows can be used, and nothing was imported. ${shown.join(' ')}`,
    { details: { file: path, refused, refusedTotal } },
  );
}

async function sha256File(path: string): Promise<string> {
  const digest = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 }))
      digest.update(bytes as Buffer);
  } catch (error) {
    throw toFileError(error, path);
  }
  return digest.digest('hex');
}
