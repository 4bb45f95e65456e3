import { AppError } from '../../shared/errors.ts';

/** Any thrown value as an error with a code: what we know by name gets its remedy, the rest is called a bug. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, message } =
    error instanceof Error
      ? (error as NodeJS.ErrnoException)
      : { code: undefined, message: String(error) };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return new AppError(
        'disk.full',
        'The disk is full. What was finished before is kept; free some space and run this again.',
        { cause: error },
      );
    case 'ENOENT':
      return new AppError('file.missing', `A file or folder is missing: ${message}.`, {
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('file.write', `The system refused access: ${message}.`, { cause: error });
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
      return new AppError(
        'file.write',
        `The project or its folder may not be written to: ${message}. Nothing was changed.`,
        { cause: error },
      );
    case 'SQLITE_CORRUPT':
      return new AppError(
        'store.corrupt',
        'The project file is damaged. Run "doctor" on it, or go back to a copy.',
        { cause: error },
      );
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return new AppError(
        'seal.refused',
        'The holdout is sealed, so its rows and labels stay as they are and none can be added. Nothing was changed.',
        { cause: error },
      );
    default:
      return new AppError(
        'app.bug',
        `Something unforeseen happened: ${message}. Set STILLROOM_DEBUG=1 to see where.`,
        { cause: error },
      );
  }
}
