import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly body: string;
  readonly sha256: string;
  readonly authorization: string | undefined;
}

/** A teacher on this computer that gives one answer to everything and keeps what it was sent, byte for byte. */
export interface StubTeacher {
  readonly host: string;
  readonly baseUrl: string;
  readonly received: ReceivedRequest[];
  /** Tokens that each answer says it took, so that a test can make it dear. */
  tokens: number;
  close(): Promise<void>;
}

export async function startStubTeacher(label: string): Promise<StubTeacher> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      received.push({
        body: bytes.toString('utf8'),
        sha256: createHash('sha256').update(bytes).digest('hex'),
        authorization: request.headers.authorization,
      });
      const content = JSON.stringify({ label, confidence: 0.9 });
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: `stub-${received.length}`,
          object: 'chat.completion',
          model: 'stub',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          usage: {
            prompt_tokens: stub.tokens,
            completion_tokens: 0,
            total_tokens: stub.tokens,
          },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const stub: StubTeacher = {
    host,
    baseUrl: `http://${host}/v1`,
    received,
    tokens: 300,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return stub;
}
