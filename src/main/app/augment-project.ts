import type { AugmentOutcome, QuotaOutcome } from '../../shared/contract/augment.ts';
import type { PreviewedRequest } from '../../shared/contract/teach.ts';
import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import {
  type AugmentResult,
  augment,
  nothingSent,
  type PreviewedDraft,
  previewDrafts,
} from '../augment/augment.ts';
import type { AugmentRequest } from '../augment/augment-request.ts';
import { planQuestions } from '../augment/draft-by-teacher.ts';
import { aimRun } from '../augment/plan.ts';
import type { Work } from '../lib/work.ts';
import type { AskOptions } from '../teach/options.ts';
import { createAugmentTeacher } from './augment-teacher.ts';
import { withTools } from './augment-tools.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';

/** How many new rows of which strategy, for one label or for any. */
export interface Quota {
  readonly strategy: string;
  readonly label?: string | undefined;
  readonly count: number;
}

/** Several quotas under the same limits. */
export interface AugmentPlan extends Pick<AugmentRequest, 'seed' | 'maxShare' | 'verifies'> {
  readonly quotas: readonly Quota[];
}

/** Makes new rows as a job; with `teacher` also those strategies that ask one. */
export async function augmentProject(
  project: Project,
  { strategy, label, count, ...limits }: AugmentRequest,
  teacher: AskOptions | undefined,
  work: Work,
): Promise<AugmentResult & { readonly judge: string }> {
  const plan = { ...limits, quotas: [{ strategy, label, count }] };
  const { results, judge } = await runPlan(project, plan, teacher, work);
  return { ...results[0]!, judge }; // the only quota, and one that failed was thrown
}

/** Meets one quota after the other in one job and under one cap; what a quota cannot make is told with it. */
export async function augmentByPlan(
  project: Project,
  plan: AugmentPlan,
  teacher: AskOptions | undefined,
  work: Work,
): Promise<AugmentOutcome> {
  const { results, problems, judge } = await runPlan(project, plan, teacher, work);
  const made = results.filter((result) => result !== undefined);
  return {
    ...nothingSent,
    // What was sent is counted over the whole job.
    ...(made.at(-1) && tallyOf(made.at(-1)!)),
    accepted: made.reduce((sum, { accepted }) => sum + accepted, 0),
    quotas: plan.quotas.map((quota, i) => toOutcome(quota, results[i], problems[i] ?? null)),
    judge,
    syntheticShare: made.at(-1)?.syntheticShare ?? 0,
  };
}

interface PlanResult {
  /** In the order of the quotas; undefined where nothing could be made. */
  readonly results: readonly (AugmentResult | undefined)[];
  readonly problems: readonly (string | undefined)[];
  readonly judge: string;
}

/** @throws AppError the first quota's problem when none could make anything */
function runPlan(
  project: Project,
  plan: AugmentPlan,
  teacher: AskOptions | undefined,
  work: Work,
): Promise<PlanResult> {
  const { store, task } = project;
  const config = toConfig(plan, teacher);
  const job = { kind: 'augment', config, seed: plan.seed };
  return runJob(store, job, work, (watched, jobId) => {
    const asked = teacher && createAugmentTeacher(store, task, teacher, jobId);
    return withTools(project, asked, async (tools, judge) => {
      const results: (AugmentResult | undefined)[] = [];
      const problems: AppError[] = [];
      const total = plan.quotas.reduce((sum, { count }) => sum + count, 0);
      let done = 0;
      for (const quota of plan.quotas) {
        const part = partOf(watched, done, total);
        const request = toRequest(plan, quota);
        const outcome = await orProblem(() => augment(store, task, request, tools, part));
        if (outcome instanceof AppError) problems[results.length] = outcome;
        results.push(outcome instanceof AppError ? undefined : outcome);
        done += quota.count;
      }
      const first = problems.find((problem) => problem !== undefined);
      if (first && results.every((result) => result === undefined)) throw first;
      return { results, problems: problems.map((problem) => problem?.message), judge };
    });
  });
}

/** A quota that finds nothing to start from leaves the others alone. */
async function orProblem<Result>(run: () => Promise<Result>): Promise<Result | AppError> {
  try {
    return await run();
  } catch (error) {
    const isExpected =
      error instanceof AppError && ['augment.data', 'gate.refused'].includes(error.code);
    if (isExpected) return error;
    throw error;
  }
}

function partOf(work: Work, before: number, total: number): Work {
  return {
    signal: work.signal,
    report: (progress) => work.report({ ...progress, done: before + progress.done, total }),
  };
}

function toRequest({ seed, maxShare, verifies }: AugmentPlan, quota: Quota): AugmentRequest {
  const { strategy, label, count } = quota;
  return { strategy, label, count, seed, maxShare, verifies };
}

/** The plan as the window's call takes it, so that the job can be run again; without the key. */
function toConfig({ seed: _, ...plan }: AugmentPlan, teacher: AskOptions | undefined): Json {
  const asked = teacher && {
    provider: teacher.provider.id,
    baseUrl: teacher.baseUrl,
    model: teacher.model,
    temperature: teacher.temperature,
    maxOutputTokens: teacher.maxOutputTokens,
    concurrency: teacher.concurrency,
    maxCostUsd: teacher.maxCostUsd,
    price: teacher.price,
  };
  // Plain values; undefined fields are left out by JSON.
  return JSON.parse(JSON.stringify({ ...plan, ...asked })) as Json;
}

function tallyOf(result: AugmentResult) {
  const { sent, malformed, failed, unknown, bytes, redactions, costUsd, capReached } = result;
  return { sent, malformed, failed, unknown, bytes, redactions, costUsd, capReached };
}

function toOutcome(
  { strategy, label, count }: Quota,
  result: AugmentResult | undefined,
  problem: string | null,
): QuotaOutcome {
  return {
    strategy,
    label: label ?? null,
    requested: count,
    made: result?.made ?? 0,
    accepted: result?.accepted ?? 0,
    refused: result?.refused ?? {},
    refusedByGate: result?.refusedByGate ?? 0,
    problem,
  };
}

export interface AugmentPreview {
  /** Drafts that rules would make. */
  readonly drafts: readonly PreviewedDraft[];
  /** Requests exactly as they would leave. */
  readonly requests: readonly PreviewedRequest[];
  /** Requests that the first round would send. */
  readonly questions: number;
  readonly refusedByGate: number;
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
    const { strategy, aims, refusedByGate } = aimRun(store, task, request, tools);
    if (strategy.maker === 'teacher' && asked) {
      const wanted = Math.ceil(request.count / strategy.textsPerQuestion);
      const questions = planQuestions(strategy, aims, task, asked.history()).slice(0, wanted);
      const requests = await asked.preview(questions, count);
      return { drafts: [], requests, questions: questions.length, refusedByGate };
    }
    const drafts = await previewDrafts(store, task, request, tools, count, work);
    return { drafts, requests: [], questions: 0, refusedByGate: 0 };
  });
}
