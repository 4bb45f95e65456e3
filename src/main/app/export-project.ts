import type { ExportOutcome } from '../../shared/contract/export.ts';
import { exportDataset } from '../export/export-dataset.ts';
import { exportStudent } from '../export/export-student.ts';
import { createPseudonyms } from '../gate/pseudonyms.ts';
import type { Work } from '../lib/work.ts';
import { runJob } from './jobs.ts';
import { findStudent, studentFolder } from './open-student.ts';
import type { Project } from './project.ts';

export interface ExportRequest {
  readonly format: string;
  readonly folder: string;
  readonly includePrivate: boolean;
  readonly isDraft: boolean;
  readonly studentId?: string | undefined;
}

/** Writes a data set, or with the format `student` a student, as a job. */
export function exportProject(
  project: Project,
  request: ExportRequest,
  work: Work,
): Promise<ExportOutcome> {
  const { format, folder, includePrivate, isDraft } = request;
  const config = { format, folder, includePrivate, isDraft };
  return runJob<ExportOutcome>(project.store, { kind: 'export', config }, work, (watched) => {
    if (format !== 'student')
      return exportDataset(
        project.store,
        project.task,
        { format, folder, includePrivate, pseudonymise: createPseudonyms },
        watched,
      );
    const student = findStudent(project, request.studentId);
    return exportStudent(
      project.store,
      {
        studentId: student.id,
        studentFolder: studentFolder(project, student),
        folder,
        isDraft,
      },
      watched,
    );
  });
}
