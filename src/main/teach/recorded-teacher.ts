import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { sha256 } from '../lib/hash.ts';
import { findInput } from './prompt.ts';

export interface RecordedReply {
  /** The example's text, or the part of it that is left after redaction. */
  readonly text: string;
  readonly raw: string;
}

export interface RecordedTeacherOptions {
  readonly replies: readonly RecordedReply[];
  readonly model: string;
  readonly latencyMs?: number;
  /** Answers the first try of every n-th question with 429 and Retry-After. */
  readonly busyEvery?: number;
}

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
});

/**
 * A stand-in for a teacher: speaks OpenAI's chat completions over real HTTP and plays back recorded replies. It is
 * plainly no model. Give it to the gate's listener.
 */
export function createRecordedTeacher(
  options: RecordedTeacherOptions,
): (request: Request) => Promise<Response> {
  const find = createReplyFinder(options.replies);
  const busyOnce = new Set<string>();
  let questions = 0;

  async function complete(request: Request): Promise<Response> {
    const body = await request.text();
    const parsed = requestSchema.safeParse(parseJson(body));
    if (!parsed.success) return toError(400, 'this is no chat completion request');
    const { messages, model } = parsed.data;
    const user = messages.findLast((message) => message.role === 'user')?.content ?? '';
    const question = sha256(user);
    const isDue = options.busyEvery !== undefined && ++questions % options.busyEvery === 0;
    if (isDue && !busyOnce.has(question)) {
      busyOnce.add(question);
      return toError(429, 'too many requests, try again soon', { 'retry-after': '0.2' });
    }
    if (options.latencyMs) await wait(options.latencyMs);
    const raw = find(findInput(user) ?? user);
    if (raw === undefined) return toError(422, 'no reply was recorded for this text');
    return Response.json({
      id: `recorded-${question.slice(0, 12)}`,
      object: 'chat.completion',
      model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: raw } }],
      usage: usageOf(body, raw),
    });
  }

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === 'GET' && pathname === '/v1/models')
      return Response.json({ object: 'list', data: [{ id: options.model, object: 'model' }] });
    if (request.method === 'POST' && pathname === '/v1/chat/completions') return complete(request);
    return toError(404, 'this server has /v1/chat/completions and /v1/models');
  };
}

/** The reply recorded for a text, else for the longest recorded text that stands in it: the rest was added or replaced. */
function createReplyFinder(
  replies: readonly RecordedReply[],
): (text: string) => string | undefined {
  const byHash = new Map(replies.map((reply) => [sha256(reply.text), reply.raw]));
  const longestFirst = replies.toSorted((a, b) => b.text.length - a.text.length);
  return (text) =>
    byHash.get(sha256(text)) ??
    longestFirst.find((reply) => reply.text !== '' && text.includes(reply.text))?.raw;
}

/** About four characters are a token of English. */
function usageOf(body: string, raw: string) {
  const prompt_tokens = Math.ceil(body.length / 4);
  const completion_tokens = Math.ceil(raw.length / 4);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toError(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { message, type: 'recorded_teacher' } }, { status, headers });
}
