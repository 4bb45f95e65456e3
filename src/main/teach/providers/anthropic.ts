import { z } from 'zod';
import type { Json } from '../../../shared/domain/json.ts';
import type { Ending } from '../ending.ts';
import type { TeacherError } from '../teacher-error.ts';
import { postMessage } from './anthropic-client.ts';
import { closeSchema } from './close-schema.ts';
import { unreadableError } from './http-errors.ts';
import type { Dialect, Provider, Question, TeacherAnswer, Usage } from './provider.ts';

/** Anthropic's Messages API. @see https://platform.claude.com/docs/en/api/messages/create */
export const anthropic: Provider = {
  id: 'anthropic',
  aliases: ['claude'],
  defaultBaseUrl: 'https://api.anthropic.com',
  keyVariable: 'ANTHROPIC_API_KEY',
  // The version belongs to the path; whoever writes it into the address means the same.
  url: (baseUrl) => `${baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1/messages`,
  dialect,
  body,
  async send(body, options) {
    return readMessage(await postMessage(anthropic.url(options.baseUrl), body, options));
  },
  usage(responseBody) {
    try {
      return readMessage(JSON.parse(responseBody)).usage;
    } catch {
      return undefined;
    }
  },
  relax,
};

/** Claude up to 4.6 takes a temperature, and thinks only when told to. */
const isEarlierClaude =
  /claude-(?:[23v]|instant|(?:opus|sonnet|haiku)-4(?:-[0-6])?(?:-\d{8})?(?:-latest)?$)/;

/**
 * Later ones refuse a temperature and think unasked, which counts as output; little of it suffices for an answer in a
 * given form. Another model behind the protocol is taken for an ordinary one.
 * @see https://platform.claude.com/docs/en/models/opus-5-5/migration-guide
 */
function dialect(model: string): Dialect {
  const isLater = model.includes('claude-') && !isEarlierClaude.test(model);
  return {
    hasSchema: true,
    hasTemperature: !isLater,
    hasEffort: isLater,
    limitField: 'max_tokens',
  };
}

function body(question: Question, { hasSchema, hasTemperature, hasEffort }: Dialect): Json {
  const { model, prompt, schema, temperature, maxOutputTokens } = question;
  const closed = hasSchema ? closeSchema(schema.schema) : undefined;
  return {
    model,
    max_tokens: maxOutputTokens,
    system: prompt.system,
    messages: [{ role: 'user', content: prompt.user }],
    ...(hasTemperature && { temperature: Math.min(1, temperature) }),
    ...((hasEffort || closed !== undefined) && {
      output_config: {
        ...(hasEffort && { effort: 'low' }),
        ...(closed !== undefined && { format: { type: 'json_schema', schema: closed } }),
      },
    }),
  };
}

const tokens = z.number().nonnegative();
const messageSchema = z.object({
  content: z.array(z.looseObject({ type: z.string() })),
  stop_reason: z.string().nullish(),
  stop_details: z.object({ explanation: z.string().nullish() }).nullish().catch(undefined),
  usage: z
    .object({
      input_tokens: tokens,
      output_tokens: tokens,
      cache_creation_input_tokens: tokens.nullish(),
      cache_read_input_tokens: tokens.nullish(),
    })
    .nullish()
    .catch(undefined),
});
const textSchema = z.object({ type: z.literal('text'), text: z.string() });
const callSchema = z.object({ type: z.literal('tool_use'), name: z.string(), input: z.unknown() });

const endings: Readonly<Record<string, Ending>> = {
  refusal: 'refused',
  max_tokens: 'cut-off',
  model_context_window_exceeded: 'cut-off',
};

/**
 * A message as an answer: its texts, without the thinking; batch files hold the same.
 * @see https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
 * @throws TeacherError when it is none
 */
export function readMessage(message: unknown): TeacherAnswer {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) throw unreadableError('message');
  const { content, stop_reason, stop_details, usage } = parsed.data;
  const text = content.map((block) => textSchema.safeParse(block).data?.text ?? '').join('');
  const calls = content.flatMap((block) => callSchema.safeParse(block).data ?? []);
  const called = calls.length > 0 ? JSON.stringify({ tool_calls: calls }) : '';
  const ending =
    stop_reason && Object.hasOwn(endings, stop_reason) ? endings[stop_reason] : undefined;
  return {
    raw: text || called || stop_details?.explanation || '',
    ending,
    usage: toUsage(usage),
  };
}

function toUsage(usage: z.infer<typeof messageSchema>['usage']): Usage | undefined {
  if (!usage) return undefined;
  const { cache_creation_input_tokens, cache_read_input_tokens } = usage;
  return {
    // Cached tokens are told apart and cost no more than fresh ones, but for their writing, which is never asked for.
    inputTokens:
      usage.input_tokens + (cache_creation_input_tokens ?? 0) + (cache_read_input_tokens ?? 0),
    outputTokens: usage.output_tokens,
    costUsd: null,
  };
}

function relax(dialect: Dialect, { status, message }: TeacherError): Dialect | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (dialect.hasTemperature && /temperature/i.test(message))
    return { ...dialect, hasTemperature: false };
  if (dialect.hasEffort && /effort/i.test(message)) return { ...dialect, hasEffort: false };
  if (dialect.hasSchema && /schema|output_config|output_format|structured|grammar/i.test(message))
    return { ...dialect, hasSchema: false };
  // Servers that speak the protocol and know no output_config at all.
  if (dialect.hasEffort && /output_config/i.test(message)) return { ...dialect, hasEffort: false };
  return undefined;
}
