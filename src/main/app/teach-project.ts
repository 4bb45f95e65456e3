import type { TeachOutcome } from '../../shared/contract/teach.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import { type AskOptions, defaultTeachOptions, type TeachOptions } from '../teach/options.ts';
import type { Price } from '../teach/prices.ts';
import { findProvider } from '../teach/providers/index.ts';
import { teach } from '../teach/teach.ts';
import { runJob } from './jobs.ts';
import type { Project } from './project.ts';
import { createTeacherGate } from './teacher-gate.ts';

/** The teacher that a person chose, and the limits. */
export interface TeacherRequest {
  readonly provider: string;
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly temperature?: number | undefined;
  readonly maxOutputTokens: number;
  readonly concurrency: number;
  readonly maxCostUsd?: number | undefined;
  readonly price?: Price | undefined;
  readonly apiKey?: string | undefined;
}

/** What a person chose for a run of teaching. */
export interface TeachRequest extends TeacherRequest {
  readonly purpose: 'label' | 'measure';
  readonly samples: number;
  readonly filter: string;
  readonly limit?: number | undefined;
  readonly retryUnknown: boolean;
}

const DEFAULT_TEMPERATURE = { alone: 0, several: 0.7 } as const;

/** The choice as options, with what was left out filled in. @throws AppError `app.usage` */
export function toTeachOptions(request: TeachRequest, where: Filter | undefined): TeachOptions {
  const { alone, several } = DEFAULT_TEMPERATURE;
  const { purpose, samples, limit, retryUnknown } = request;
  return {
    ...toAskOptions(request, purpose, samples > 1 ? several : alone),
    purpose,
    samples,
    where,
    limit,
    retryUnknown,
  };
}

/** The teacher as options, for whatever it is asked. @throws AppError `app.usage` */
export function toAskOptions(
  request: TeacherRequest,
  purpose: AskOptions['purpose'],
  usualTemperature: number,
): AskOptions {
  const provider = findProvider(request.provider);
  if (request.baseUrl === undefined && request.provider !== provider.id)
    throw new AppError(
      'app.usage',
      `Say where ${request.provider} is, such as http://127.0.0.1:8000/v1.`,
    );
  const { maxTries, firstWaitMs, timeoutMs } = defaultTeachOptions;
  return {
    provider,
    baseUrl: request.baseUrl ?? provider.defaultBaseUrl,
    model: request.model,
    apiKey: request.apiKey,
    purpose,
    temperature: request.temperature ?? usualTemperature,
    maxOutputTokens: request.maxOutputTokens,
    concurrency: request.concurrency,
    maxCostUsd: request.maxCostUsd,
    price: request.price,
    maxTries,
    firstWaitMs,
    timeoutMs,
  };
}

/** Asks the teacher as a job, whose row keeps the choice without the key, so that it can be resumed. */
export function teachProject(
  { store, task }: Project,
  { apiKey, ...request }: TeachRequest,
  where: Filter | undefined,
  work: Work,
): Promise<TeachOutcome> {
  const options = toTeachOptions({ ...request, apiKey }, where);
  // A checked request of plain values; undefined fields are left out by JSON.
  const config = JSON.parse(JSON.stringify({ ...request, baseUrl: options.baseUrl })) as Json;
  return runJob(store, { kind: 'teach', config }, work, (watched, jobId) =>
    teach(store, task, options, createTeacherGate(store), watched, jobId),
  );
}
