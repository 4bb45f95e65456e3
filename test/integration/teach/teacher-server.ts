import { createServer, type IncomingMessage } from 'node:http';

/** One request as it arrived: every byte that a server can see. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly text: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** The words of the answer; or a whole body with `body`. */
  readonly content?: string | null;
  readonly message?: Record<string, unknown>;
  readonly usage?: Record<string, number> | null;
  readonly body?: string;
  /** Of the Messages protocol. */
  readonly stopReason?: string;
  readonly delayMs?: number;
  readonly destroy?: boolean;
}

/** A real server on loopback that speaks chat completions, and messages under /v1/messages, and keeps all that it gets. */
export async function startTeacher(
  answer: (received: Received, count: number) => Reply | Promise<Reply>,
) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', rawHeaders, headers } = request;
    const one = { method, url, rawHeaders, headers, body, text: textOf(body) };
    received.push(one);
    const reply = await answer(one, received.length);
    if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
    if (reply.destroy) return void request.socket.destroy();
    response.writeHead(reply.status ?? 200, {
      'content-type': 'application/json',
      ...reply.headers,
    });
    response.end(reply.body ?? (url === '/v1/messages' ? message(reply) : completion(reply)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    received,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    host: `127.0.0.1:${port}`,
    /** Everything that arrived, as one text. */
    allBytes: () =>
      received
        .map((one) => [one.method, one.url, ...one.rawHeaders, one.body].join('\n'))
        .join('\n'),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function completion(reply: Reply): string {
  if (reply.status && reply.status >= 400)
    return JSON.stringify({ error: { message: reply.content ?? 'no' } });
  return JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    choices: [
      { index: 0, message: reply.message ?? { role: 'assistant', content: reply.content ?? '' } },
    ],
    ...(reply.usage !== null && {
      usage: reply.usage ?? { prompt_tokens: 100, completion_tokens: 10 },
    }),
  });
}

function message(reply: Reply): string {
  if (reply.status && reply.status >= 400)
    return JSON.stringify({
      type: 'error',
      error: { type: 'invalid_request_error', message: reply.content ?? 'no' },
      request_id: 'req_x',
    });
  return JSON.stringify({
    id: 'msg_x',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: reply.content ?? '' }],
    stop_reason: reply.stopReason ?? 'end_turn',
    ...(reply.usage !== null && { usage: reply.usage ?? { input_tokens: 100, output_tokens: 10 } }),
  });
}

function textOf(body: string): string {
  try {
    const { messages } = JSON.parse(body) as { messages: { content: string }[] };
    return /<input-\w+>\n([\s\S]*)\n<\/input/.exec(messages.at(-1)!.content)?.[1] ?? '';
  } catch {
    return '';
  }
}

export const label = (name: string, confidence = 0.9): Reply => ({
  content: JSON.stringify({ label: name, confidence }),
});
