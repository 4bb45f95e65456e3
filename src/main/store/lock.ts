import { AppError } from '../../shared/errors.ts';
import { Sqlite } from './database.ts';

/**
 * Makes this process the only writer of a project until `release`. The lock is an open transaction on a file
 * beside the project, so the operating system drops it with the process, however that ends.
 * @throws AppError `store.locked`
 */
export function acquireWriterLock(path: string): { release(): void } {
  const db = new Sqlite(`${path}-lock`, { timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new AppError(
      'store.locked',
      `Another Stillroom window or command is writing to ${path}. Wait for it to end, or cancel it, and try again.`,
      { cause: error },
    );
  }
  return { release: () => db.close() };
}
