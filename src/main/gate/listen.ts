import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '../../shared/errors.ts';

export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Answers one request; an exception becomes status 500 without its words. */
export type Handler = (request: Request) => Promise<Response> | Response;

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 60_000;

const ownPorts = new Set<number>();

/** Whether a server of this very process listens there. */
export const isOwnPort = (port: number): boolean => ownPorts.has(port);

/**
 * The one listening door: a server that only this computer can reach. A request that names another host is refused,
 * since a web page could send one here by a name of its own (DNS rebinding).
 * @throws AppError `app.usage` when the port is taken
 */
export async function listenOnLoopback(handler: Handler, port = 0): Promise<Listener> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    answer(handler, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  ownPorts.add(actual);
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          ownPorts.delete(actual);
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function portTaken(port: number, cause: Error): AppError {
  return new AppError(
    'app.usage',
    `Port ${port} is used by another program. Choose another one, or leave it out.`,
    { cause },
  );
}

const ownHost = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** Only browsers name the page that a request is made for; another host's could not read the answer, yet cause work. */
const isFromHere = (origin: string | undefined) =>
  origin === undefined || ownHost.test(origin.replace(/^https?:\/\//, ''));

async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!ownHost.test(request.headers.host ?? '')) {
    refuse(response, 403, 'Name this computer as 127.0.0.1 or localhost.');
    return;
  }
  if (!isFromHere(request.headers.origin)) {
    refuse(response, 403, 'A page of another host may not ask here.');
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    refuse(response, 413, `The body is longer than ${MAX_BODY_BYTES} bytes. Send less at a time.`);
    return;
  }
  const reply = await toResponse(handler, request, body);
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(Buffer.from(await reply.arrayBuffer()));
}

/** In the shape in which OpenAI's clients expect errors, as the handlers answer. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const error = { code: 'refused', type: 'refused', message };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error }));
}

async function toResponse(
  handler: Handler,
  request: IncomingMessage,
  body: Buffer<ArrayBuffer>,
): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value);
  const method = request.method ?? 'GET';
  try {
    return await handler(
      new Request(new URL(request.url ?? '/', 'http://127.0.0.1'), {
        method,
        headers,
        ...(method !== 'GET' && method !== 'HEAD' && { body }),
      }),
    );
  } catch {
    return new Response(null, { status: 500 });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
