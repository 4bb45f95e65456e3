import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { Json } from '../../shared/domain/json.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import {
  type AugmentRequest,
  type AugmentResult,
  augment,
  type PreviewedDraft,
  previewDrafts,
} from '../augment/augment.ts';
import { planQuestions } from '../augment/draft-by-teacher.ts';
import { aimRun } from '../augment/plan.ts';
import { poolSplit } from '../augment/select-seeds.ts';
import type { AugmentTeacher, AugmentTools } from '../augment/tools.ts';
import { createNeighbours } from '../evaluate/baselines/neighbours.ts';
import type { Work } from '../lib/work.ts';
import type { Example } from '../store/examples.ts';
import type { AskOptions } from '../teach/options.ts';
import type { PreviewedRequest } from '../teach/preview.ts';
import { findConfusions } from './augment-confusions.ts';
import { findDraftRepeats } from './augment-repeats.ts';
import { createAugmentTeacher } from './augment-teacher.ts';
import { runJob } from './jobs.ts';
import { openStudent } from './open-student.ts';
import type { Project } from './project.ts';

/** Makes new rows as a job; with `teacher` also those strategies that ask one. */
export function augmentProject(
  project: Project,
  request: AugmentRequest,
  teacher: AskOptions | undefined,
  work: Work,
): Promise<AugmentResult & { readonly judge: string }> {
  const { store, task } = project;
  const { seed, ...rest } = request;
  const config = {
    ...rest,
    label: rest.label ?? null,
    ...(teacher && {
      provider: teacher.provider.id,
      baseUrl: teacher.baseUrl,
      model: teacher.model,
    }),
  };
  return runJob(store, { kind: 'augment', config, seed }, work, (watched, jobId) => {
    const asked = teacher && createAugmentTeacher(store, task, teacher, jobId);
    return withTools(project, asked, async (tools, judge) => ({
      ...(await augment(store, task, request, tools, watched)),
      judge,
    }));
  });
}

export interface AugmentPreview {
  /** Drafts that rules would make. */
  readonly drafts: readonly PreviewedDraft[];
  /** Requests exactly as they would leave. */
  readonly requests: readonly PreviewedRequest[];
}

/** Shows what an augmentation would make or send first; nothing is kept and nothing is sent. */
export async function previewAugment(
  project: Project,
  request: AugmentRequest,
  teacher: AskOptions | undefined,
  count: number,
  work: Work,
): Promise<AugmentPreview> {
  const { store, task } = project;
  const asked = teacher && createAugmentTeacher(store, task, teacher, null);
  return withTools(project, asked, async (tools) => {
    const { strategy, aims } = aimRun(store, task, request, tools);
    if (strategy.maker === 'teacher' && asked) {
      const questions = planQuestions(strategy, aims, task, asked.history());
      return { drafts: [], requests: await asked.preview(questions, count) };
    }
    return { drafts: await previewDrafts(store, task, request, tools, count, work), requests: [] };
  });
}

async function withTools<Result>(
  project: Project,
  teacher: AugmentTeacher | undefined,
  body: (tools: AugmentTools, judge: string) => Promise<Result>,
): Promise<Result> {
  const tools = {
    findRepeats: findDraftRepeats,
    confusions: findConfusions(project.store),
    teacher,
  };
  if (project.task.kind !== 'classify' || project.store.students.list().length === 0)
    return body({ ...tools, judge: createNeighbourJudge(project) }, 'neighbours');
  const { predictor, row } = await openStudent(project);
  const judge: AugmentTools['judge'] = async (inputs) =>
    (await predictor.predict(inputs)).map(({ output }) => output);
  try {
    return await body({ ...tools, judge }, row.id);
  } finally {
    await predictor.close();
  }
}

const YIELD_EVERY = 50;

/** The vote of the nearest rows that training may use, without the row that is asked about. */
function createNeighbourJudge({ store }: Project): AugmentTools['judge'] {
  const split = poolSplit(store);
  const known = store.examples
    .list()
    .filter(
      ({ split: at, status, origin, label }) =>
        at === split &&
        label?.isValid &&
        status !== 'rejected' &&
        (origin === 'real' || status === 'approved'),
    );
  const keys = known.map(({ label }) => canonicalJson(label!.output));
  const placeOf = new Map(known.map(({ id }, place) => [id, place]));
  const neighbours = createNeighbours(known.map(joinText), keys);
  return async (inputs) => {
    const answers: (Json | undefined)[] = [];
    for (const [i, { text, context, withoutId }] of inputs.entries()) {
      if (i % YIELD_EVERY === 0) await yieldToEvents();
      const whole = joinText({ text, context: context ?? null });
      const { key, confidence } = neighbours.predict(whole, placeOf.get(withoutId));
      answers.push(confidence === 0 ? undefined : (JSON.parse(key) as Json));
    }
    return answers;
  };
}

function joinText({ text, context }: Pick<Example, 'text' | 'context'>): string {
  return context === null ? text : `${context}\n${text}`;
}
