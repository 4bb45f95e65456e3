import { AppError } from '../../shared/errors.ts';
import { type Database, Sqlite } from './database.ts';
import { toOpenError } from './open.ts';

/**
 * Makes this process the only writer of a project until `release`. The lock is an open transaction on a file
 * beside the project, so the operating system drops it with the process, however that ends.
 * @throws AppError `store.locked`, `file.write`
 */
export function acquireWriterLock(path: string): { release(): void } {
  let db: Database | undefined;
  try {
    db = new Sqlite(`${path}-lock`, { timeout: 0 });
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw toOpenError(error, path);
    throw new AppError(
      'store.locked',
      `Another Stillroom window or command is writing to ${path}. Wait for it to end, or cancel it, and try again.`,
      { cause: error },
    );
  }
}
