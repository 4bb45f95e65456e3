import { join } from 'node:path';
import type { RouteOutcome } from '../../shared/contract/route.ts';
import type { Fallback } from '../../shared/domain/router.ts';
import { writeFileAtomic } from '../lib/files.ts';
import type { Work } from '../lib/work.ts';
import { route } from '../route/route.ts';
import { runJob } from './jobs.ts';
import { openStudent } from './open-student.ts';
import type { Project } from './project.ts';

export interface RouteRequest {
  readonly studentId?: string | undefined;
  readonly maxError: number;
  readonly confidence: number;
  readonly fallback: Fallback;
  readonly criticalFields?: readonly string[] | undefined;
}

/** Chooses a student's threshold as a job and writes it into the student's folder as router.json. */
export async function routeStudent(
  project: Project,
  { studentId, criticalFields = [], ...target }: RouteRequest,
  work: Work,
): Promise<RouteOutcome> {
  const student = await openStudent(project, studentId);
  try {
    return await runJob(
      project.store,
      {
        kind: 'route',
        config: {
          studentId: student.row.id,
          ...target,
          criticalFields: [...criticalFields],
        },
      },
      work,
      async (watched) => {
        const result = await route(
          project.store,
          project.task,
          { ...target, criticalFields, studentId: student.row.id },
          student.predictor,
          watched,
        );
        writeFileAtomic(
          join(student.folder, 'router.json'),
          `${JSON.stringify(result.router, null, 2)}\n`,
        );
        return result;
      },
    );
  } finally {
    await student.predictor.close();
  }
}
