import { join } from 'node:path';
import type { teachMethods } from '../../../shared/contract/teach.ts';
import { parseFilter } from '../../../shared/domain/filter.ts';
import { AppError } from '../../../shared/errors.ts';
import { unwatched } from '../../lib/work.ts';
import { previewTeach } from '../../teach/preview.ts';
import { providers } from '../../teach/providers/index.ts';
import { teachFromReplies } from '../../teach/teach-from-replies.ts';
import { assertFilterFits } from '../assert-filter-fits.ts';
import { runJob } from '../jobs.ts';
import type { Project } from '../project.ts';
import { startRecordedTeacher } from '../recorded-teacher.ts';
import { sampleFolder } from '../sample.ts';
import type { HandlersOf, SessionContext } from '../session-context.ts';
import { describePreview } from '../teach-preview.ts';
import { type TeachRequest, teachProject, toTeachOptions } from '../teach-project.ts';
import { createTeacherGate } from '../teacher-gate.ts';

const RECORDED_MODEL = 'recorded-teacher';
/** A label takes few tokens; a model that talks takes more. */
const answerTokens = { low: 12, high: 60 } as const;

export const teachHandlers: HandlersOf<typeof teachMethods> = {
  'teach.providers': () =>
    providers.map(({ id, aliases, defaultBaseUrl }) => ({ id, aliases, defaultBaseUrl })),

  async 'teach.preview'(context, { count, keyName: _, ...request }) {
    const project = context.project();
    const { store, task } = project;
    const options = toTeachOptions(request, whereOf(project, request));
    const gate = createTeacherGate(store);
    const found = await previewTeach(store, task, options, gate, count, unwatched);
    return describePreview(store, options, found, answerTokens);
  },

  'teach.run': (context, { keyName: _, ...request }) => startTeaching(context, request),

  'teach.replies'(context, { path }) {
    return context.startJob(
      'teach',
      (project, work) =>
        runJob(
          project.store,
          { kind: 'teach', config: { replies: path } },
          work,
          async (watched) => {
            const {
              failures: _,
              alreadyRecorded,
              ...result
            } = await teachFromReplies(project.store, project.task, path, watched);
            return { ...nothingSent, ...result, notSent: alreadyRecorded };
          },
        ),
      ['examples', 'gates', 'review'],
    );
  },

  async 'teach.recorded'(context, { action }) {
    const { store } = context.project();
    const { loaded } = context;
    if (action === 'start' && !loaded.recordedTeacher) {
      if (!store.project.isSample())
        throw new AppError(
          'app.usage',
          'Only the sample has a recorded teacher. Choose a teacher of your own here.',
        );
      loaded.recordedTeacher = await startRecordedTeacher(
        join(sampleFolder, 'teacher-replies.jsonl'),
        { model: RECORDED_MODEL },
      );
    }
    if (action === 'stop') {
      await loaded.recordedTeacher?.close();
      loaded.recordedTeacher = undefined;
    }
    const { recordedTeacher } = loaded;
    return {
      isRunning: recordedTeacher !== undefined,
      baseUrl: recordedTeacher ? `${recordedTeacher.url}/v1` : null,
      model: RECORDED_MODEL,
    };
  },
};

/** Asks the teacher as a job of the window. */
export function startTeaching(context: SessionContext, request: TeachRequest) {
  const where = whereOf(context.project(), request);
  toTeachOptions(request, where);
  return context.startJob('teach', (project, work) => teachProject(project, request, where, work), [
    'examples',
    'ledger',
    'gates',
    'review',
  ]);
}

function whereOf(project: Project, { filter }: Pick<TeachRequest, 'filter'>) {
  if (filter.trim() === '') return undefined;
  const where = parseFilter(filter);
  assertFilterFits(project, where);
  return where;
}

/** Replies from a file: what a run that asked would count and this one cannot. */
const nothingSent = {
  sent: 0,
  refusedByGate: 0,
  unknown: 0,
  redactions: 0,
  tries: 0,
  bytes: 0,
  costUsd: 0,
  priceAssumed: false,
  capReached: false,
  refusalReasons: {},
  lastError: null,
} as const;
