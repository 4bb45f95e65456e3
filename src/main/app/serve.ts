import { listenOnLoopback } from '../gate/listen.ts';
import { answerRequest, type EndpointAnswer, type Served } from '../route/endpoint.ts';

type Handler = Parameters<typeof listenOnLoopback>[0];
type Request = Parameters<Handler>[0];

const BODY_LIMIT_BYTES = 4_000_000;

/** Serves a student on this computer only, until closed. @throws AppError `app.usage` when the port is taken */
export function serveStudent(served: Served, port: number) {
  const handler: Handler = (request, response) => {
    void answerHttp(served, request).then(({ status, body }) => {
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
      });
      response.end(text);
    });
  };
  return listenOnLoopback(handler, port);
}

async function answerHttp(served: Served, request: Request): Promise<EndpointAnswer> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      sizeBytes += piece.length;
      if (sizeBytes <= BODY_LIMIT_BYTES) pieces.push(piece);
    }
  } catch {
    return refusal(400, 'The request broke off.');
  }
  if (sizeBytes > BODY_LIMIT_BYTES)
    return refusal(413, `The body is larger than ${BODY_LIMIT_BYTES} bytes. Send fewer inputs.`);
  return answerRequest(served, {
    method: request.method ?? 'GET',
    path: (request.url ?? '/').split('?')[0]!,
    host: request.headers.host,
    authorization: request.headers.authorization,
    body: Buffer.concat(pieces).toString('utf8'),
  });
}

function refusal(status: number, message: string): EndpointAnswer {
  return { status, body: { error: { code: 'invalid_request', type: 'invalid_request', message } } };
}
