import { isAbsolute, join } from 'node:path';
import type { Predictor } from '../../shared/domain/prediction.ts';
import { AppError } from '../../shared/errors.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { StudentRow } from '../store/students.ts';
import { loadStudent } from '../train/load-student.ts';
import type { Project } from './project.ts';

/** A student of a project, loaded. */
export interface OpenStudent {
  readonly row: StudentRow;
  readonly folder: string;
  readonly predictor: Predictor;
}

/** The student with an id, or the newest. @throws AppError `evaluate.data` when there is none, `student.malformed` */
export async function openStudent(project: Project, id?: string): Promise<OpenStudent> {
  const row = findStudent(project, id);
  const folder = studentFolder(project, row);
  const { predictor } = await loadStudent(folder, { find: project.store.lookups.find });
  return { row, folder, predictor };
}

/** The row of the student with an id, or of the newest. @throws AppError `evaluate.data` */
export function findStudent({ store, path }: Project, id?: string): StudentRow {
  const row = id === undefined ? store.students.latest() : store.students.get(id);
  if (row) return row;
  const known = store.students.list().map((student) => student.id);
  throw new AppError(
    'evaluate.data',
    known.length === 0
      ? `The project has no student yet. Train one: stillroom train ${shellWord(path)} --student best`
      : `There is no student "${id}". There are: ${known.join(', ')}.`,
    { details: { students: known } },
  );
}

/** Where a student lies: beside the project, wherever that was moved to. */
export function studentFolder({ filesFolder }: Project, { folder }: StudentRow): string {
  return isAbsolute(folder) ? folder : join(filesFolder, folder);
}
