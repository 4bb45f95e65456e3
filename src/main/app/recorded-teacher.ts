import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { type Listener, listenOnLoopback } from '../gate/listen.ts';
import { toFileError } from '../lib/files.ts';
import { createRecordedTeacher, type RecordedTeacherOptions } from '../teach/recorded-teacher.ts';

const replySchema = z.object({ text: z.string(), raw: z.string() });

/**
 * Starts a teacher on this computer that plays back the replies of a file: {"text", "raw"} a line.
 * @throws AppError `file.missing`, `file.malformed`
 */
export function startRecordedTeacher(
  path: string,
  options: Omit<RecordedTeacherOptions, 'replies'>,
): Promise<Listener> {
  return listenOnLoopback(createRecordedTeacher({ ...options, replies: readReplies(path) }));
}

function readReplies(path: string): RecordedTeacherOptions['replies'] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path);
  }
  try {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => replySchema.parse(JSON.parse(line)));
  } catch (error) {
    throw new AppError(
      'file.malformed',
      `${path} is not a file of recorded replies ({"text", "raw"} a line).`,
      {
        cause: error,
      },
    );
  }
}
