import { closeSync, constants, copyFileSync, fsyncSync, openSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';

/**
 * A copy of the whole file (encrypted if it is), safe on disk when this returns: the log is emptied first and no one else writes.
 * @throws AppError `store.locked` while someone else reads it
 */
export function copyDatabase(db: Database, path: string, to: string): void {
  const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (log?.busy !== 0)
    throw new AppError(
      'store.locked',
      `${path} is being read by another window or command, so it could not be copied. Close that one and try again; nothing was changed.`,
    );
  copyFileSync(path, to, constants.COPYFILE_FICLONE);
  // Windows syncs only what is open for writing.
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
}
