import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DatasetExport, RefusalReason } from '../../shared/contract/export.ts';
import { type Split, splits } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { datasetCard, type ExportedFile } from './dataset-card.ts';
import { formats } from './formats/index.ts';
import { type Pseudonymiser, type Selection, selectRows } from './select-rows.ts';
import { assertFree, writeFolder } from './write-folder.ts';

export interface ExportOptions {
  readonly format: string;
  readonly folder: string;
  /** Also rows that may not be sent anywhere; only ever because a person said so. */
  readonly includePrivate?: boolean;
  /** A fresh one for each redacted row. */
  readonly pseudonymise: () => Pseudonymiser;
}

/**
 * Writes the approved rows that may leave as a data set folder: a file for each split, `manifest.json` with hashes,
 * grants and licences, and a card. Redacted rows leave pseudonymised.
 * @throws AppError `app.usage` for an unknown format, `export.refused` when no row may leave, `file.exists`, `disk.full`
 */
export async function exportDataset(
  store: Store,
  task: Task,
  options: ExportOptions,
  work: Work,
): Promise<DatasetExport> {
  const format = formats[options.format];
  if (!format || !Object.hasOwn(formats, options.format))
    throw new AppError(
      'app.usage',
      `There is no format "${options.format}". Choose one of: ${Object.keys(formats).join(', ')}, student.`,
    );
  assertFree(options.folder);
  const selection = selectRows(store, {
    includePrivate: options.includePrivate ?? false,
    isClassify: task.kind === 'classify',
    pseudonymise: options.pseudonymise,
  });
  if (selection.rows.length === 0) throw nothingToExport(selection);

  const dataFingerprint = fingerprint(selection);
  const { files, manifest } = await writeFolder(options.folder, async (writer) => {
    const written: ExportedFile[] = [];
    for (const split of splits) {
      throwIfCancelled(work.signal);
      const rows = selection.rows.filter((row) => row.split === split);
      if (rows.length === 0) continue;
      const file = writer.write(`${split}.${format.extension}`, format.encode(rows, task));
      written.push({ path: file.path, rows: rows.length, sha256: file.sha256 });
      work.report({
        done: written.reduce((sum, { rows: count }) => sum + count, 0),
        total: selection.rows.length,
        message: `Writing ${file.path}`,
      });
      await setImmediate();
    }
    const described = describe(store, task, {
      options,
      selection,
      files: written,
      dataFingerprint,
    });
    writer.write('README.md', [datasetCard(task, options.format, selection, written)]);
    writer.write('manifest.json', [`${JSON.stringify(described, null, 2)}\n`]);
    return { files: written, manifest: described };
  });

  store.transaction(() => {
    const id = store.exports.add({
      format: options.format,
      folder: options.folder,
      manifest,
      dataFingerprint,
    });
    store.artifacts.record({ kind: 'export', id: String(id) }, selection.ids);
  });
  return {
    format: options.format,
    folder: options.folder,
    files,
    refused: countRefused(selection),
    refusedReasons: selection.refused,
    containsPrivateText: selection.privateRows > 0,
  };
}

/** SHA-256 over id, text and output of each row. */
function fingerprint({ rows }: Selection): string {
  const hash = createHash('sha256');
  for (const { id, text, output } of rows) hash.update(`${canonicalJson([id, text, output])}\n`);
  return hash.digest('hex');
}

function countRefused({ refused }: Selection): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
}

function nothingToExport(selection: Selection): AppError {
  const { refused } = selection;
  const total = countRefused(selection);
  const reasons = Object.entries(refused)
    .map(([reason, count]) => `${count} ${reasonWords[reason as RefusalReason]}`) // its keys
    .join(', ');
  const remedy =
    (refused.private ?? 0) + (refused.noGrant ?? 0) > 0
      ? 'Permit them with "consent", or export private rows knowingly with --include-private.'
      : 'Approve rows with "review", or import them with "--reviewed-by NAME".';
  return new AppError(
    'export.refused',
    total === 0
      ? 'There is nothing to export: the project has no rows yet. Import some.'
      : `Nothing was exported: none of the ${total} rows may leave (${reasons}). ${remedy}`,
    { details: { refused: total, refusedReasons: refused } },
  );
}

const reasonWords: Readonly<Record<RefusalReason, string>> = {
  notApproved: 'not approved',
  rejected: 'rejected',
  unlabelled: 'without a label',
  invalid: 'with an answer that does not fit the task',
  private: 'private',
  noGrant: 'without a permission that still holds',
};

interface Written {
  readonly options: ExportOptions;
  readonly selection: Selection;
  readonly files: readonly ExportedFile[];
  readonly dataFingerprint: string;
}

/** Everything needed to say later what these files are, from whom, and by whose leave. */
function describe(
  store: Store,
  task: Task,
  { options, selection, files, dataFingerprint }: Written,
): Record<string, Json> {
  const rowsIn = (split: Split) => selection.rows.filter((row) => row.split === split).length;
  return {
    formatVersion: 1,
    format: options.format,
    project: basename(store.path),
    task: { name: task.name, kind: task.kind },
    dataFingerprint,
    files: files.map((file) => ({ ...file })),
    splits: Object.fromEntries(splits.map((split) => [split, rowsIn(split)])),
    containsPrivateText: selection.privateRows > 0,
    privateRows: selection.privateRows,
    redactedRows: selection.redactedRows,
    refused: { ...selection.refused },
    grants: store.grants
      .list()
      .filter((grant) => selection.grantIds.has(grant.id))
      .map(({ id, basis, destination, purposes, expiresAtMs }) => ({
        id,
        basis,
        destination,
        purposes: [...purposes],
        expiresAtMs,
      })),
    sources: store.sources
      .list()
      .filter((source) => selection.sourceIds.has(source.id))
      .map((source) => ({
        fileName: source.fileName,
        sha256: source.sha256,
        licence: source.licence,
      })),
    ...(options.format === 'csv' && {
      note: 'Cells that a spreadsheet would run as a formula begin with one extra apostrophe; take exactly one off to read them back.',
    }),
  };
}
