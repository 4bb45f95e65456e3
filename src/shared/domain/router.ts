import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Prediction } from './prediction.ts';
import { NO_REPLY } from './reply.ts';

export const fallbacks = ['person', 'teacher'] as const;
export type Fallback = (typeof fallbacks)[number];

const routerSchema = z.object({
  formatVersion: z.literal(1),
  /** Answers at least this sure are given; null when no answer may be. */
  threshold: z.number().nullable(),
  /** High-stakes answers that always go to the fallback. */
  abstainLabels: z.array(z.string()),
  /** Inputs stranger than this go to the fallback. */
  maxOutlierScore: z.number().nullable(),
  fallback: z.enum(fallbacks),
  maxError: z.number(),
  confidence: z.number(),
  coverage: z.number(),
  errorUpperBound: z.number(),
  calibrationRows: z.number(),
  /** Of outputs with fields: which of them the bound is about; all when empty. */
  criticalFields: z.array(z.string()).default([]),
  goldAuthor: z.enum(['human', 'imported', 'teacher']),
  dataFingerprint: z.string(),
});

/** The rule that says which answers a student may give alone: `router.json` of a student folder. */
export type Router = z.infer<typeof routerSchema>;

/** Reads `router.json`. @throws AppError `student.malformed` */
export function parseRouter(value: unknown): Router {
  const parsed = routerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0]!;
  throw new AppError(
    'student.malformed',
    `router.json is not usable (${problem.path.join('.')}: ${problem.message}). Run "route" again.`,
    { cause: parsed.error },
  );
}

/** Why an answer is not given however sure it is. */
type KeptBack = 'no-reply' | 'draft' | 'incomplete' | 'high-stakes' | 'unlike-training' | 'invalid';

export interface RouteDecision {
  readonly route: 'student' | Fallback;
  readonly reason: 'sure' | 'unsure' | KeptBack;
}

/** Whether a student may give an answer alone, or who is asked instead. */
export function decideRoute(
  { threshold, abstainLabels, maxOutlierScore, fallback }: Router,
  prediction: Prediction,
  isValid: boolean,
): RouteDecision {
  const reason = abstention(prediction, isValid, { abstainLabels, maxOutlierScore });
  // A draft is for eyes that see the text, too.
  if (prediction.isDraft) return { route: 'person', reason: reason ?? 'draft' };
  if (reason !== undefined) return { route: fallback, reason };
  return threshold !== null && prediction.confidence >= threshold
    ? { route: 'student', reason: 'sure' }
    : { route: fallback, reason: 'unsure' };
}

/** Why an answer may not be given however sure it is; undefined when only its confidence counts. */
export function abstention(
  { output, missing = [], outlierScore, replyType, isDraft }: Prediction,
  isValid: boolean,
  { abstainLabels, maxOutlierScore }: Pick<Router, 'abstainLabels' | 'maxOutlierScore'>,
): KeptBack | undefined {
  if (output === NO_REPLY) return 'no-reply';
  if (isDraft) return 'draft';
  if (!isValid) return 'invalid';
  if (missing.length > 0) return 'incomplete';
  const name = answerName({ output, ...(replyType !== undefined && { replyType }) });
  if (name !== undefined && abstainLabels.includes(name)) return 'high-stakes';
  if (maxOutlierScore !== null && outlierScore !== undefined && outlierScore > maxOutlierScore)
    return 'unlike-training';
  return undefined;
}

/** What an answer is called: its label, its type of reply, or the function that it calls; undefined for an object without a name. */
export function answerName({
  output,
  replyType,
}: Pick<Prediction, 'output' | 'replyType'>): string | undefined {
  if (replyType !== undefined) return replyType;
  if (output === NO_REPLY) return '(no reply)';
  if (typeof output === 'string') return output;
  if (output === null) return '(no call)';
  if (typeof output !== 'object' || !('name' in output) || !('arguments' in output))
    return undefined;
  return typeof output.name === 'string' ? output.name : undefined;
}
