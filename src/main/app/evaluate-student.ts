import type { EvaluationReport } from '../../shared/contract/evaluate.ts';
import type { Split } from '../../shared/domain/example.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Work } from '../lib/work.ts';
import { loadStudent } from '../train/load-student.ts';
import { runJob } from './jobs.ts';
import { openStudent, studentFolder } from './open-student.ts';
import type { Project } from './project.ts';

/** Measures a student of a project as a job, beside the one that was trained before it. */
export async function evaluateStudent(
  project: Project,
  options: {
    readonly studentId?: string | undefined;
    readonly split: Exclude<Split, 'unassigned'>;
  },
  work: Work,
): Promise<EvaluationReport> {
  const student = await openStudent(project, options.studentId);
  const before = await openPrevious(project, student.row.id);
  try {
    return await runJob(
      project.store,
      { kind: 'evaluate', config: { studentId: student.row.id, split: options.split } },
      work,
      (watched) =>
        evaluate(
          project.store,
          project.task,
          {
            studentId: student.row.id,
            studentFolder: student.folder,
            split: options.split,
            previous: before,
          },
          student.predictor,
          watched,
        ),
    );
  } finally {
    await student.predictor.close();
    await before?.predictor.close();
  }
}

/** The student before; none when its folder is gone, which need not stop the measurement of this one. */
async function openPrevious(project: Project, studentId: string) {
  const rows = project.store.students.list();
  const previous = rows[rows.findIndex((row) => row.id === studentId) - 1];
  if (!previous) return undefined;
  try {
    const { predictor } = await loadStudent(studentFolder(project, previous), {
      find: project.store.lookups.find,
    });
    return { studentId: previous.id, predictor };
  } catch {
    return undefined;
  }
}
