import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DatasetExport, RefusalReason } from '../../shared/contract/export.ts';
import { type Split, splits } from '../../shared/domain/example.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { datasetCard } from './dataset-card.ts';
import { describe, type ExportedFile } from './describe.ts';
import type { Format } from './formats/format.ts';
import { formats } from './formats/index.ts';
import { toManifest } from './manifest.ts';
import { reasonWords } from './reason-words.ts';
import { type Pseudonymiser, type Selection, selectPairs, selectRows } from './select-rows.ts';
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
  const { selection, encode } = selectFor(format, store, task, options);
  if (selection.rows.length === 0) throw nothingToExport(selection);

  const dataFingerprint = fingerprint(selection);
  const { files, manifest } = await writeFolder(options.folder, async (writer) => {
    const written: ExportedFile[] = [];
    for (const split of splits) {
      throwIfCancelled(work.signal);
      const rows = selection.rows.filter((row) => row.split === split).length;
      if (rows === 0) continue;
      const path = format.pathOf?.(split) ?? `${split}.${format.extension}`;
      const { bytes, sha256 } = writer.write(path, encode(split));
      written.push({ path, split, rows, bytes, sha256 });
      work.report({
        done: written.reduce((sum, file) => sum + file.rows, 0),
        total: selection.rows.length,
        message: `Writing ${path}`,
      });
      await setImmediate();
    }
    const described = describe(store, selection, {
      task,
      format: options.format,
      columns: format.columns?.(task) ?? [],
      createdAtMs: Date.now(),
      dataFingerprint,
      files: written,
    });
    const manifest = toManifest(described);
    writer.write('README.md', [datasetCard(described)]);
    writer.write('manifest.json', [`${JSON.stringify(manifest, null, 2)}\n`]);
    for (const { path, text } of format.beside?.(described) ?? []) writer.write(path, [text]);
    return { files: written, manifest };
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
    (refused.noPair ?? 0) > 0
      ? 'Correct answers of the teacher with "review": each correction makes a pair.'
      : (refused.private ?? 0) + (refused.noGrant ?? 0) > 0
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

/** The rows that a format takes, and their bytes split by split. */
function selectFor(
  format: Format,
  store: Store,
  task: Task,
  { includePrivate = false, pseudonymise }: ExportOptions,
): { selection: Selection; encode: (split: Split) => Iterable<string | Uint8Array> } {
  const options = { includePrivate, isClassify: task.kind === 'classify', pseudonymise };
  if (format.needs === 'pairs') {
    const selection = selectPairs(store, options);
    const rowsIn = (split: Split) => selection.rows.filter((row) => row.split === split);
    return { selection, encode: (split) => format.encode(rowsIn(split), task) };
  }
  const selection = selectRows(store, options);
  const rowsIn = (split: Split) => selection.rows.filter((row) => row.split === split);
  return { selection, encode: (split) => format.encode(rowsIn(split), task) };
}
