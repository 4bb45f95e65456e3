import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Input, Prediction, Predictor } from '../../shared/domain/prediction.ts';
import { NO_REPLY } from '../../shared/domain/reply.ts';
import type { RouteDecision } from '../../shared/domain/router.ts';
import { sha256 } from '../lib/hash.ts';

/** What the endpoint serves. */
export interface Served {
  readonly studentId: string;
  readonly predictor: Predictor;
  decide(prediction: Prediction): RouteDecision;
  /** Asked of every request but /health when set. */
  readonly token?: string | undefined;
}

const MOST_INPUTS = 1_000;

/** `date`: the day that "tomorrow" in the text counts from. */
const input = z.object(
  {
    text: z.string('wants a text'),
    context: z.string('wants a text, or null').nullish(),
    date: z.iso.date('wants a day as YYYY-MM-DD, or null').nullish(),
  },
  'wants {"text": "..."}',
);
/** A bare text is an input, too. Not a union: of one no property could be named as the wrong one. */
const inputOrText = z.preprocess(
  (item) => (typeof item === 'string' ? { text: item } : item),
  input,
);
const manyInputs = z.object({
  inputs: z
    .array(inputOrText, 'wants a list')
    .min(1, 'wants at least one')
    .max(MOST_INPUTS, `wants at most ${MOST_INPUTS}`),
});
const chatBody = z.object({
  messages: z
    .array(
      z.object({
        role: z.string(),
        content: z.union([
          z.string(),
          z.array(z.object({ type: z.string(), text: z.string().optional() })),
        ]),
      }),
    )
    .min(1),
  stream: z.boolean().optional(),
});

/** One request, whatever carried it. */
export interface EndpointRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** `body` is to be sent as JSON. */
export interface EndpointAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers requests for a student's predictions: POST /v1/predict, POST /v1/chat/completions in OpenAI's form, and
 * GET /health. Texts are neither kept nor logged.
 */
export async function answerRequest(
  served: Served,
  { method, path, authorization, body }: EndpointRequest,
): Promise<EndpointAnswer> {
  if (path === '/health' && method === 'GET')
    return { status: 200, body: { ok: true, student: served.studentId } };
  if (!isAuthorised(authorization, served.token))
    return {
      status: 401,
      body: problem(
        'unauthorized',
        'Send the token that "serve" printed: Authorization: Bearer TOKEN.',
      ),
    };
  if (path === '/v1/models' && method === 'GET') return listModels(served);
  if (!Object.hasOwn(handlers, path))
    return {
      status: 404,
      body: problem(
        'not_found',
        `There is no ${path}. Try POST ${Object.keys(handlers).join(' or ')}.`,
      ),
    };
  if (method !== 'POST')
    return { status: 405, body: problem('method_not_allowed', `${path} wants POST.`) };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { status: 400, body: problem('invalid_request', 'The body is not JSON.') };
  }
  try {
    return await handlers[path]!(served, value);
  } catch (error) {
    // Messages of the runtime may quote the input; its name does not.
    const name = error instanceof Error ? error.name : 'Error';
    return {
      status: 500,
      body: problem('server_error', `The student could not answer (${name}).`),
    };
  }
}

function listModels({ studentId }: Served): EndpointAnswer {
  const data = [{ id: studentId, object: 'model', owned_by: 'stillroom' }];
  return { status: 200, body: { object: 'list', data } };
}

const handlers: Readonly<
  Record<string, (served: Served, body: unknown) => Promise<EndpointAnswer>>
> = {
  '/v1/predict': predict,
  '/v1/chat/completions': chat,
};

async function predict(served: Served, body: unknown): Promise<EndpointAnswer> {
  const isMany = typeof body === 'object' && body !== null && 'inputs' in body;
  const parsed = (isMany ? manyInputs : input).safeParse(body);
  if (!parsed.success)
    return {
      status: 400,
      body: problem(
        'invalid_request',
        `${tellWrong(parsed.error)}Send {"text": "..."} or {"inputs": [{"text": "..."}]}, at most ${MOST_INPUTS} of them.`,
      ),
    };
  const inputs = 'inputs' in parsed.data ? parsed.data.inputs : [parsed.data];
  const predictions = await served.predictor.predict(inputs.map(toInput));
  const results = predictions.map((prediction) => toResult(served, prediction));
  return { status: 200, body: isMany ? { outputs: results } : results[0] };
}

/** The first property that is wrong, as a path, and what it wants; never its value. Nothing when it is the whole body. */
function tellWrong({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!; // what is refused has an issue
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return path.length === 0 ? '' : `"${place.join('').slice(1)}" ${message}. `;
}

function toInput({ text, context, date }: z.infer<typeof input>): Input {
  return { text, context: context ?? null, referenceDate: date ?? null };
}

function toResult(served: Served, prediction: Prediction) {
  const { route, reason } = served.decide(prediction);
  const { output, confidence, fields, missing } = prediction;
  return {
    output,
    confidence,
    route,
    reason,
    ...(fields && { fields }),
    ...(missing && { missing }),
  };
}

async function chat(served: Served, body: unknown): Promise<EndpointAnswer> {
  const parsed = chatBody.safeParse(body);
  const turns = parsed.success ? parsed.data.messages.filter((turn) => turn.role !== 'system') : [];
  const last = turns.at(-1);
  if (!parsed.success || last?.role !== 'user')
    return {
      status: 400,
      body: problem('invalid_request', 'Send {"messages": [...]} that end with a user message.'),
    };
  if (parsed.data.stream)
    return {
      status: 400,
      body: problem('invalid_request', 'Streaming is not offered: leave "stream" out.'),
    };
  const before = turns.at(-2);
  const [prediction] = await served.predictor.predict([
    { text: contentOf(last), context: before ? contentOf(before) : null },
  ]);
  const result = toResult(served, prediction!);
  return {
    status: 200,
    body: {
      id: `stillroom-${sha256(`${served.studentId} ${performance.now()}`).slice(0, 24)}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1_000),
      model: served.studentId,
      choices: [{ index: 0, ...toChoice(result) }],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      stillroom: {
        confidence: result.confidence,
        route: result.route,
        reason: result.reason,
        ...(result.missing && { missing: result.missing }),
      },
    },
  };
}

function contentOf({ content }: z.infer<typeof chatBody>['messages'][number]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('\n');
}

function isCall(output: Json): output is { readonly name: string; readonly arguments: Json } {
  return (
    typeof output === 'object' &&
    output !== null &&
    'name' in output &&
    'arguments' in output &&
    typeof output.name === 'string'
  );
}

/** A call, or a reply, is one only with all that it needs: what merely keeps its shape is never handed on. */
function toChoice({ output, missing = [] }: ReturnType<typeof toResult>) {
  const say = (content: string) => ({
    finish_reason: 'stop',
    message: { role: 'assistant', content },
  });
  if (!isCall(output))
    return say(
      typeof output === 'string'
        ? missing.length > 0
          ? NO_REPLY
          : output
        : output === null
          ? ''
          : canonicalJson(output),
    );
  if (missing.length > 0)
    return say(`${output.name} is not called: ${missing.join(', ')} not found in the text.`);
  const call = { name: output.name, arguments: canonicalJson(output.arguments) };
  return {
    finish_reason: 'tool_calls',
    message: {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_0', type: 'function', function: call }],
    },
  };
}

function isAuthorised(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true;
  const given = sha256(authorization ?? '');
  return timingSafeEqual(Buffer.from(given), Buffer.from(sha256(`Bearer ${token}`)));
}

/** The shape in which OpenAI's clients expect errors. */
function problem(code: string, message: string) {
  return { error: { code, type: code, message } };
}
