import type { TrainOutcome } from '../../shared/contract/train.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { createMarking, scoreAll } from '../evaluate/answers.ts';
import { measureAll } from '../evaluate/metrics/index.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import type { Measure } from '../train/measure.ts';
import type { Doubt } from '../train/repair.ts';
import { trainStudent } from '../train/train-student.ts';
import type { TrainRequest } from '../train/trained.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';

/** Trains a student of a project as a job; what curating found about labels is taken into account. */
export function trainProject(
  { store, task, filesFolder }: Project,
  options: Pick<
    TrainRequest,
    'student' | 'seed' | 'threads' | 'provider' | 'encoderFolder' | 'baseFolder' | 'writerSettings'
  >,
  work: Work,
): Promise<TrainOutcome> {
  const request = {
    ...options,
    filesFolder,
    doubts: openDoubts(store),
    measure: createMeasure(task),
  };
  const { encoderFolder, baseFolder, writerSettings, provider = 'cpu', ...plain } = options;
  const config = {
    ...plain,
    provider,
    ...(encoderFolder === undefined ? {} : { encoderFolder }),
    ...(baseFolder === undefined ? {} : { baseFolder }),
    ...(writerSettings === undefined ? {} : { writerSettings: toJson(writerSettings) }),
  };
  const job = { kind: 'train', config, seed: options.seed };
  return runJob(store, job, work, (watched) => trainStudent(store, task, request, watched));
}

/** Without what is not given, as JSON keeps it. */
const toJson = (settings: NonNullable<TrainRequest['writerSettings']>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** Flagged labels that nobody has decided about, with what the check would put instead. */
export function openDoubts(store: Store): Doubt[] {
  const doubts: Doubt[] = [];
  for (const finding of store.findings.each({ checkId: 'label-error', isFlagged: true })) {
    if (finding.resolution !== null) continue;
    // Evidence of this check is an object that we wrote.
    const { suggested, probability } = finding.evidence as Readonly<Record<string, unknown>>;
    doubts.push({
      exampleId: finding.exampleId,
      score: finding.score,
      // Evidence is JSON, and so is each of its parts.
      suggested: suggested as Json | undefined,
      probability: typeof probability === 'number' ? probability : 0,
    });
  }
  return doubts;
}

/** The metrics of an evaluation, for rows held out of training. */
function createMeasure(task: Task): Measure {
  return ({ replies, ...answered }) => measureAll(scoreAll(answered, createMarking(task, replies)));
}
