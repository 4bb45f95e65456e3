import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { makeFolders, syncFolder, toFileError } from '../lib/files.ts';

export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes files into a folder that does not exist yet. */
export interface FolderWriter {
  write(name: string, pieces: Iterable<string | Uint8Array>): WrittenFile;
}

/**
 * Fills a new folder, whole or not at all: everything is written beside it and renamed at the end; after an error
 * nothing is kept.
 * @throws AppError `file.exists` when the folder has content, `disk.full`, `file.write`
 */
export async function writeFolder<Result>(
  folder: string,
  fill: (writer: FolderWriter) => Promise<Result>,
): Promise<Result> {
  assertFree(folder);
  const target = resolve(folder);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    rmSync(draft, { recursive: true, force: true });
    makeFolders(draft);
    const result = await fill({ write: (name, pieces) => writePieces(draft, name, pieces) });
    syncFolder(draft);
    if (existsSync(target)) rmdirSync(target);
    renameSync(draft, target);
    syncFolder(dirname(target));
    return result;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw toFileError(error, folder);
  }
}

/** Removes what a process that died while it filled the folder left beside it; nobody else may be filling it. */
export function removeDrafts(folder: string): void {
  const target = resolve(folder);
  const parent = dirname(target);
  if (!existsSync(parent)) return;
  const start = `${basename(target)}.`;
  for (const name of readdirSync(parent))
    if (name.startsWith(start) && /^\d+\.tmp$/.test(name.slice(start.length)))
      rmSync(join(parent, name), { recursive: true, force: true });
}

/** @throws AppError `file.exists` */
export function assertFree(folder: string): void {
  if (!existsSync(folder)) return;
  let content: string[];
  try {
    content = readdirSync(folder);
  } catch (error) {
    throw new AppError('file.exists', `${folder} is a file. Name a folder for the export.`, {
      cause: error,
    });
  }
  if (content.length > 0)
    throw new AppError(
      'file.exists',
      `${folder} is not empty and was not touched. Name a new folder for the export.`,
    );
}

function writePieces(
  folder: string,
  name: string,
  pieces: Iterable<string | Uint8Array>,
): WrittenFile {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const file = openSync(path, 'wx');
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      hash.update(bytes);
      size += bytes.length;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { path: name, sha256: hash.digest('hex'), bytes: size };
}
