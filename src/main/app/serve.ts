import { listenOnLoopback } from '../gate/listen.ts';
import { answerRequest, type Served } from '../route/endpoint.ts';

/** Serves a student on this computer only, until closed. @throws AppError `app.usage` when the port is taken */
export function serveStudent(served: Served, port: number) {
  return listenOnLoopback(async (request) => {
    const { status, body } = await answerRequest(served, {
      method: request.method,
      path: new URL(request.url).pathname,
      authorization: request.headers.get('authorization') ?? undefined,
      body: await request.text(),
    });
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
  }, port);
}
