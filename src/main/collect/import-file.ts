import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Mapping, MappingField } from '../../shared/contract/collect.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import { toFileError } from '../lib/files.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import type { SourceRecord } from './importers/importer.ts';
import { malformed } from './malformed.ts';
import { missingColumn } from './mapping.ts';
import { type PlanRequest, planImport } from './plan-import.ts';
import { createRowWriter, type WriteCounts, type WriteRequest } from './row-writer.ts';
import { createRowMapper, isRefused } from './to-row.ts';

const MAX_SHOWN_REFUSALS = 5;

export interface ImportRequest extends PlanRequest, WriteRequest {
  readonly licence?: string | undefined;
  /** Runs inside the transaction, such as to give permission: when it fails nothing is imported. */
  readonly onImported?: ((sourceId: number) => void) | undefined;
}

export interface ImportResult extends WriteCounts {
  readonly sourceId: number;
  readonly importer: string;
  readonly mapping: Mapping;
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
    const writer = createRowWriter(store, task, request, sourceId);
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
      hasNumericIds: writer.hasNumericIds(),
    });
    request.onImported?.(sourceId);
    return { sourceId, importer: plan.importer.id, mapping: plan.mapping, ...result };
  });
}

function markSeen(unseen: Map<string, string>, record: SourceRecord): void {
  for (const column of unseen.keys()) if (column in record.fields) unseen.delete(column);
}

/** A file of which nothing could be used is an error, and so is a mapped column that no row had. */
function assertUsable(
  path: string,
  { imported, duplicates, refused, refusedTotal }: WriteCounts,
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
