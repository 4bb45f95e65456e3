import type {
  AugmentPlanPreview,
  augmentMethods,
  DraftParent,
  RecipeLine,
} from '../../../shared/contract/augment.ts';
import type { ParsedInputOf } from '../../../shared/contract/method.ts';
import { and, equals } from '../../../shared/domain/filter.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import { findStrategy } from '../../augment/plan.ts';
import { strategies } from '../../augment/strategies/index.ts';
import type { Strategy } from '../../augment/strategies/strategy.ts';
import { unwatched } from '../../lib/work.ts';
import type { Store } from '../../store/store.ts';
import type { AskOptions } from '../../teach/options.ts';
import { augmentByPlan, previewAugment } from '../augment-project.ts';
import type { HandlersOf, SessionContext } from '../session-context.ts';
import { describePreview } from '../teach-preview.ts';
import { toAskOptions } from '../teach-project.ts';

/** New texts are to differ from each other. */
const USUAL_TEMPERATURE = 0.9;
/** A reply holds a few short texts. */
const answerTokens = { low: 40, high: 200 } as const;

type Plan = ParsedInputOf<typeof augmentMethods, 'augment.run'>;

export const augmentHandlers: HandlersOf<typeof augmentMethods> = {
  'augment.recipes'(context) {
    const { store, task } = context.project();
    const counts = store.examples.countMade();
    return strategies.map((strategy): RecipeLine => {
      const { id, title, explanation, maker } = strategy;
      const of = (...states: string[]) =>
        counts
          .filter((line) => line.strategy === id && states.includes(line.status))
          .reduce((sum, { n }) => sum + n, 0);
      return {
        id,
        title,
        explanation,
        maker,
        problem: findProblem(strategy, task),
        drafts: of('new', 'labelled'),
        approved: of('approved'),
        rejected: of('rejected'),
      };
    });
  },

  async 'augment.preview'(context, { count, ...plan }) {
    const project = context.project();
    const { store } = project;
    const teacher = teacherOf(plan);
    const drafts: AugmentPlanPreview['drafts'][number][] = [];
    const problems: AugmentPlanPreview['problems'][number][] = [];
    const requests = [];
    let requested = 0;
    let refusedByGate = 0;
    for (const { strategy, label, count: wanted } of plan.quotas) {
      const request = { ...plan, strategy, label, count: wanted };
      try {
        const found = await previewAugment(project, request, teacher, count, unwatched);
        requests.push(...found.requests);
        requested += found.questions;
        refusedByGate = Math.max(refusedByGate, found.refusedByGate);
        for (const { parent, text, output, refusal } of found.drafts) {
          const { id } = store.examples.findByExternalId(parent)!; // a row of the project
          drafts.push({ strategy, parent: parentOf(store, id), text, output, refusal });
        }
      } catch (error) {
        if (!(error instanceof AppError) || plan.quotas.length === 1) throw error;
        problems.push({ strategy, message: error.message });
      }
    }
    const asked = { requests, requested: requested + refusedByGate, refusedByGate };
    return {
      drafts,
      teacher: teacher ? describePreview(store, teacher, asked, answerTokens) : null,
      problems,
    };
  },

  'augment.run': (context, { keyName: _, ...plan }) => startAugmenting(context, plan),

  'augment.drafts'(context, { strategy, after, limit }) {
    const { store } = context.project();
    const isDraft = and(equals('origin', 'synthetic'), equals('status', 'new', 'labelled'));
    const filter = strategy === undefined ? isDraft : and(isDraft, equals('strategy', strategy));
    const all = store.examples.ids(filter);
    const from = after === null ? 0 : all.findIndex((id) => id > after);
    const page = from < 0 ? [] : all.slice(from, from + limit);
    const drafts = page.map((id) => {
      const { externalId, strategy: made, text, context: before, label, parentId } = get(store, id);
      return {
        key: id,
        externalId,
        strategy: made ?? '',
        text,
        context: before,
        output: label?.output ?? null,
        parent: parentId === null ? null : parentOf(store, parentId),
      };
    });
    const last = page.at(-1);
    const isEnd = last === undefined || last === all.at(-1);
    return { drafts, next: isEnd ? null : last, total: all.length };
  },
};

/** Makes new records as a job of the window. */
export function startAugmenting(context: SessionContext, plan: Omit<Plan, 'keyName'>) {
  const teacher = teacherOf(plan);
  return context.startJob(
    'augment',
    (project, work) => augmentByPlan(project, plan, teacher, work),
    ['examples', 'ledger', 'gates', 'review'],
  );
}

/** Undefined when every recipe of the plan is made here. @throws AppError `app.usage` when a model is missing */
function teacherOf({ model, quotas, ...teacher }: Plan): AskOptions | undefined {
  const asks = quotas.some(({ strategy }) => findStrategy(strategy).maker === 'teacher');
  if (!asks) return undefined;
  if (model === undefined)
    throw new AppError('app.usage', 'A recipe asks a teacher: choose its model. Nothing was made.');
  return toAskOptions({ ...teacher, model }, 'augment', USUAL_TEMPERATURE);
}

function findProblem({ id, kinds }: Strategy, task: Task): string | null {
  if (!kinds.includes(task.kind)) return 'Not for this kind of task.';
  if (id === 'no-answer' && task.noAnswerLabel === undefined)
    return 'The task has no label for "none of these".';
  return null;
}

function get(store: Store, id: number) {
  return store.examples.get(id)!; // its id was just listed, or is a foreign key
}

function parentOf(store: Store, id: number): DraftParent {
  const { externalId, text, label, split } = get(store, id);
  return { externalId, text, output: label?.output ?? null, split };
}
