import { z } from 'zod';
import type { Json } from '../../../shared/domain/json.ts';
import type { TeacherError } from '../teacher-error.ts';
import { unreadableError } from './http-errors.ts';
import type { Dialect, Provider, Question, TeacherAnswer, Usage } from './provider.ts';

const PATH = '/chat/completions';

/** Any server that speaks OpenAI's chat completions, through the official SDK. */
export const openai: Provider = {
  id: 'openai',
  aliases: ['openai-compatible'],
  defaultBaseUrl: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
  url: (baseUrl) => `${trimSlash(baseUrl)}${PATH}`,
  dialect: () => ({
    hasSchema: true,
    hasTemperature: true,
    hasEffort: false,
    limitField: 'max_tokens',
  }),
  body,
  async send(body, { baseUrl, apiKey, fetch, signal }) {
    // Loaded with the first question: the SDK takes 30 MB and a third of a second that most sessions never need.
    const { complete } = await import('./openai-sdk.ts');
    return readCompletion(
      await complete(body, { baseURL: trimSlash(baseUrl), apiKey, fetch, signal }),
    );
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
        finish_reason: z.string().nullish().catch(undefined),
      }),
    )
    .min(1),
  usage: usageSchema.nullish().catch(undefined),
});

/** A chat completion as an answer; batch files hold the same. @throws TeacherError when it is none */
export function readCompletion(completion: unknown): TeacherAnswer {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) throw unreadableError('chat completion');
  const { message, finish_reason } = parsed.data.choices[0]!;
  const calls = message.tool_calls?.length
    ? JSON.stringify({ tool_calls: message.tool_calls })
    : '';
  const raw = message.content || message.refusal || calls;
  const isRefused = !!message.refusal || finish_reason === 'content_filter';
  const ending = isRefused ? 'refused' : finish_reason === 'length' ? 'cut-off' : undefined;
  return { raw, ending, usage: toUsage(parsed.data.usage) };
}

function toUsage(usage: z.infer<typeof usageSchema> | null | undefined): Usage | undefined {
  if (!usage) return undefined;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    costUsd: usage.cost ?? null,
  };
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
