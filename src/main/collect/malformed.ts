import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';

export interface Malformation {
  readonly what: string;
  readonly remedy: string;
  readonly line?: number;
  readonly cause?: unknown;
}

/** The error of a file that can't be read as a whole: what, where, that nothing was kept, and what to do. */
export function malformed(path: string, { what, remedy, line, cause }: Malformation): AppError {
  const place = line === undefined ? basename(path) : `${basename(path)}, line ${line}`;
  return new AppError('file.malformed', `${place}: ${what}. Nothing was imported. ${remedy}`, {
    cause,
    details: { file: path, ...(line === undefined ? {} : { line }), reason: what, remedy },
  });
}
