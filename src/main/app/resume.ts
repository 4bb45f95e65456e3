import { z } from 'zod';
import { augmentMethods } from '../../shared/contract/augment.ts';
import { curateMethods } from '../../shared/contract/curate.ts';
import { evaluateMethods } from '../../shared/contract/evaluate.ts';
import type { JobStarted } from '../../shared/contract/job-started.ts';
import { reviewMethods } from '../../shared/contract/review.ts';
import { routeMethods } from '../../shared/contract/route.ts';
import { teachMethods } from '../../shared/contract/teach.ts';
import { trainMethods } from '../../shared/contract/train.ts';
import type { Job } from '../store/jobs.ts';
import { startAugmenting } from './handlers/augment.ts';
import { curateHandlers } from './handlers/curate.ts';
import { evaluateHandlers } from './handlers/evaluate.ts';
import { reviewHandlers } from './handlers/review.ts';
import { routeHandlers } from './handlers/route.ts';
import { startTeaching } from './handlers/teach.ts';
import { trainHandlers } from './handlers/train.ts';
import type { SessionContext } from './session-context.ts';

type Resume = (
  context: SessionContext,
  config: unknown,
  apiKey: string | undefined,
) => JobStarted | Promise<JobStarted>;

/**
 * How a job is run again from its row. An import that ended left nothing behind and an export wants a new folder,
 * so these two are started on their own screens.
 */
const resumes: Readonly<Record<string, Resume>> = {
  teach: (context, config, apiKey) => {
    const { keyName: _, ...request } = teachMethods['teach.run'].input.parse(config);
    return startTeaching(context, { ...request, apiKey });
  },
  curate: (context, config) => {
    const { checks } = z.object({ checks: z.array(z.string()) }).parse(config);
    const wanted = checks.length > 0 ? { checks } : {};
    return curateHandlers['curate.run'](
      context,
      curateMethods['curate.run'].input.parse({ ...wanted, seed: seedOf(config) }),
    );
  },
  augment: (context, config, apiKey) => {
    const { keyName: _, ...plan } = augmentMethods['augment.run'].input.parse(config);
    return startAugmenting(context, { ...plan, apiKey });
  },
  split: (context, config) =>
    reviewHandlers['review.split'](context, reviewMethods['review.split'].input.parse(config)),
  seal: (context) => reviewHandlers['review.seal'](context, {}),
  train: (context, config) =>
    trainHandlers['train.run'](context, trainMethods['train.run'].input.parse(config)),
  evaluate: (context, config) =>
    evaluateHandlers['evaluate.run'](context, evaluateMethods['evaluate.run'].input.parse(config)),
  route: (context, config) =>
    routeHandlers['route.run'](context, routeMethods['route.run'].input.parse(config)),
};

const resumableStates: readonly string[] = ['interrupted', 'cancelled', 'failed'];

export function isResumable({ kind, state, config }: Job): boolean {
  const isFile = typeof config === 'object' && config !== null && 'replies' in config;
  return resumableStates.includes(state) && kind in resumes && !isFile;
}

/** Runs a job again with its own settings; what was finished is not done twice. @throws AppError as its kind */
export async function resume(
  context: SessionContext,
  { kind, config, seed }: Job,
  apiKey: string | undefined,
): Promise<JobStarted> {
  const settings = seed === null ? config : { ...(config as object), seed }; // every config is an object
  return resumes[kind]!(context, settings, apiKey); // callers ask isResumable first
}

function seedOf(config: unknown): number {
  return z.object({ seed: z.number().default(1) }).parse(config).seed;
}
