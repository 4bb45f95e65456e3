import { existsSync, renameSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { syncFolder, toFileError } from '../lib/files.ts';
import type { Project } from './project.ts';

/** What a copy does without: runs that were cut off, and files from before a migration. */
const leftBehind = ['checkpoints', 'backups'];

/**
 * Writes a project under another name: its file, and the folder beside it with its students. The file comes last, so
 * that a copy that was cut off is no project.
 * @throws AppError `store.exists`, `store.locked`, `disk.full`, `file.write`
 */
export async function copyProject(
  { store, filesFolder }: Project,
  to: string,
): Promise<{ readonly path: string; readonly filesFolder: string | null }> {
  const path = resolve(to);
  const folder = `${path}.files`;
  if (existsSync(path) || existsSync(folder))
    throw new AppError(
      'store.exists',
      `${path}, or the folder of its files, exists already and was not touched. Choose another name.`,
    );
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const skipped = new Set(leftBehind.map((name) => join(filesFolder, name)));
  try {
    store.copyTo(draft);
    if (existsSync(filesFolder))
      await cp(filesFolder, folder, { recursive: true, filter: (from) => !skipped.has(from) });
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(draft, { force: true });
    rmSync(folder, { recursive: true, force: true });
    throw toFileError(error, path);
  }
  return { path, filesFolder: existsSync(folder) ? folder : null };
}
