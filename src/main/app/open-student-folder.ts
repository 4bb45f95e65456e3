import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Prediction, Predictor } from '../../shared/domain/prediction.ts';
import {
  abstention,
  decideRoute,
  parseRouter,
  type RouteDecision,
} from '../../shared/domain/router.ts';
import { parseTask } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import { loadStudent } from '../train/load-student.ts';

/** A student folder at work: its answers, and who may give them. */
export interface StudentFolder {
  readonly studentId: string;
  readonly predictor: Predictor;
  /** Without a router.json no answer may be given unchecked: all go to a person. */
  readonly hasRouter: boolean;
  decide(prediction: Prediction): RouteDecision;
}

/** Loads a student folder with its routing rule. @throws AppError `student.malformed`, `file.missing` */
export async function openStudentFolder(
  folder: string,
  options: Parameters<typeof loadStudent>[1] = {},
): Promise<StudentFolder> {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile())
    throw new AppError(
      'student.malformed',
      `${folder} is a file, not the folder of a student. "students" lists the folders of a project.`,
    );
  const { about, predictor } = await loadStudent(folder, options);
  const validate = createOutputValidator(parseTask(about.task));
  const router = readRouter(join(folder, 'router.json'));
  return {
    studentId: about.id,
    predictor,
    hasRouter: router !== undefined,
    decide(prediction) {
      const isValid = validate(prediction.output).length === 0;
      if (router) return decideRoute(router, prediction, isValid);
      const free = { abstainLabels: [], maxOutlierScore: null };
      return { route: 'person', reason: abstention(prediction, isValid, free) ?? 'unsure' };
    },
  };
}

function readRouter(path: string) {
  if (!existsSync(path)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new AppError('student.malformed', `${path} is not JSON. Run "route" again.`, {
      cause: error,
    });
  }
  return parseRouter(value);
}
