import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { Json } from '../../shared/domain/json.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import { poolSplit } from '../augment/select-seeds.ts';
import type { AugmentTeacher, AugmentTools } from '../augment/tools.ts';
import { createNeighbours } from '../evaluate/baselines/neighbours.ts';
import type { Example } from '../store/examples.ts';
import { findConfusions } from './augment-confusions.ts';
import { findDraftRepeats } from './augment-repeats.ts';
import { openStudent } from './open-student.ts';
import type { Project } from './project.ts';

/** What augmenting needs of other features: the newest student, else the nearest rows, judges its drafts. */
export async function withTools<Result>(
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
