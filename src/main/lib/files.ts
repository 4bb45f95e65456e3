import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Writes a whole file or nothing: temporary file, fsync, rename, fsync of the folder. @throws AppError `disk.full`, `file.write`, `file.exists` */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  assertReplaceable(path);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    makeFolders(dirname(path));
    const file = openSync(temporary, 'w');
    try {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw toFileError(error, path);
  }
}

/**
 * Makes a folder and those above it, one by one: Node's own `recursive` never ends where the system takes none and says
 * that there is no such place, as under /proc.
 */
export function makeFolders(path: string): void {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) {
    missing.push(folder);
    // A drive that is not there has nothing above it.
    if (dirname(folder) === folder) break;
  }
  for (const folder of missing.reverse())
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
}

/** A rename onto a device, a pipe or a folder would destroy it or fail. @throws AppError `file.exists` */
export function assertReplaceable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile())
    throw new AppError(
      'file.exists',
      `${path} is there and is not a plain file, so it was left alone. Name another file.`,
    );
}

/** Makes a rename or a new file in a folder survive a power cut. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Turns an error of the file system into one with a remedy. */
export function toFileError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  const why = (error as Error).message;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError(
      'disk.full',
      `The disk is full; nothing was kept of ${path}. Free some space and try again.`,
      { cause: error },
    );
  if (code === 'ENOENT')
    return new AppError('file.missing', `There is no file ${path}. Check the path.`, {
      cause: error,
    });
  return new AppError('file.write', `${path} could not be written or read: ${why}.`, {
    cause: error,
  });
}
