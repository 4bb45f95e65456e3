import { APIConnectionError, APIError, OpenAI } from 'openai';
import { z } from 'zod';
import type { Json } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { parseRetryAfter, TeacherError } from '../teacher-error.ts';
import type { Dialect, Provider, Question, TeacherAnswer, Usage } from './provider.ts';

const SDK_TIMEOUT_MS = 15 * 60_000;
const PATH = '/chat/completions';

/** Any server that speaks OpenAI's chat completions, through the official SDK. */
export const openai: Provider = {
  id: 'openai',
  aliases: ['openai-compatible'],
  defaultBaseUrl: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
  url: (baseUrl) => `${trimSlash(baseUrl)}${PATH}`,
  body,
  async send(body, { baseUrl, apiKey, fetch, signal }) {
    const client = new OpenAI({
      baseURL: trimSlash(baseUrl),
      apiKey: apiKey ?? 'none',
      // Settings that the SDK would otherwise take from the environment.
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: SDK_TIMEOUT_MS,
      fetch,
      ...(apiKey === undefined && { defaultHeaders: { authorization: null } }),
    });
    try {
      // `body` above made it; the gate compares the bytes that the SDK makes of it.
      const params = body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
      const completion: unknown = await client.chat.completions.create(params, {
        ...(signal && { signal }),
      });
      return toAnswer(completion);
    } catch (error) {
      throw toTeacherError(error);
    }
  },
  usage(responseBody) {
    try {
      return toUsage(completionSchema.parse(JSON.parse(responseBody)).usage);
    } catch {
      return undefined;
    }
  },
  relax,
};

function trimSlash(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '');
}

function body(question: Question, dialect: Dialect): Json {
  const { model, prompt, schema, temperature, maxOutputTokens } = question;
  return {
    model,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ],
    ...(dialect.hasTemperature && { temperature }),
    ...(dialect.limitField && { [dialect.limitField]: maxOutputTokens }),
    ...(dialect.hasSchema && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: schema.isStrict, schema: schema.schema },
      },
    }),
  };
}

const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map((part) => part.text ?? '').join('')),
]);
const usageSchema = z.object({
  prompt_tokens: z.number().nonnegative(),
  completion_tokens: z.number().nonnegative(),
  cost: z.number().nonnegative().nullish(),
});
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: contentSchema.nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.looseObject({})).nullish(),
        }),
      }),
    )
    .min(1),
  usage: usageSchema.nullish().catch(undefined),
});

function toAnswer(completion: unknown): TeacherAnswer {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success)
    throw new TeacherError('reject', 'The server answered something that is no chat completion.', {
      mayHaveArrived: true,
    });
  const { message } = parsed.data.choices[0]!;
  const calls = message.tool_calls?.length
    ? JSON.stringify({ tool_calls: message.tool_calls })
    : '';
  const raw = message.content || message.refusal || calls;
  return { raw, usage: toUsage(parsed.data.usage) };
}

function toUsage(usage: z.infer<typeof usageSchema> | null | undefined): Usage | undefined {
  if (!usage) return undefined;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    costUsd: usage.cost ?? null,
  };
}

const retryStatuses = new Set([408, 409, 425, 429]);
const fatalStatuses = new Set([401, 402, 403, 404, 405]);

function toTeacherError(error: unknown): unknown {
  if (error instanceof TeacherError || error instanceof AppError) return error;
  if (error instanceof APIConnectionError) {
    const { cause } = error;
    // What the gate's fetch throws arrives wrapped.
    if (cause instanceof AppError || cause instanceof TeacherError) return cause;
    const mayHaveArrived = hasArrived(cause);
    const why = cause instanceof Error ? cause.message : error.message;
    return new TeacherError('retry', `The connection failed: ${why}.`, {
      mayHaveArrived,
      isUnreachable: !mayHaveArrived,
      cause: error,
    });
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const status: number = error.status;
    const isSpent = /insufficient_quota|billing/.test(JSON.stringify(error.error ?? ''));
    const isFatal = fatalStatuses.has(status) || (status === 429 && isSpent);
    const isRetried = retryStatuses.has(status) || status >= 500;
    return new TeacherError(isFatal ? 'fatal' : isRetried ? 'retry' : 'reject', error.message, {
      status,
      retryAfterMs: parseRetryAfter(new Headers(error.headers ?? {}), Date.now()),
      cause: error,
    });
  }
  if (error instanceof SyntaxError || error instanceof APIError)
    return new TeacherError('reject', 'The server answered something that is no JSON.', {
      mayHaveArrived: true,
      cause: error,
    });
  return error;
}

/** Whatever is not known to have failed before a connection may have arrived. */
function hasArrived(cause: unknown): boolean {
  return !(cause instanceof Error && 'mayHaveArrived' in cause && cause.mayHaveArrived === false);
}

function relax(dialect: Dialect, error: TeacherError): Dialect | undefined {
  if (error.status !== 400 && error.status !== 422) return undefined;
  const says = error.message;
  if (dialect.limitField === 'max_tokens' && /max_completion_tokens/.test(says))
    return { ...dialect, limitField: 'max_completion_tokens' };
  if (dialect.hasSchema && /response_format|json_schema|structured|schema/i.test(says))
    return { ...dialect, hasSchema: false };
  if (dialect.hasTemperature && /temperature/i.test(says))
    return { ...dialect, hasTemperature: false };
  if (dialect.limitField && /max_(?:completion_)?tokens/.test(says))
    return { ...dialect, limitField: null };
  return undefined;
}
