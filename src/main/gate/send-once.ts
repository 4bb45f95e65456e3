import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Sending {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** No whole answer came. `mayHaveArrived` is false only when no connection was made. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly mayHaveArrived: boolean;

  constructor(message: string, mayHaveArrived: boolean, cause?: unknown) {
    super(message, { cause });
    this.mayHaveArrived = mayHaveArrived;
  }
}

// Own agents: the global ones follow proxies named in the environment when NODE_USE_ENV_PROXY is set.
const httpAgent = new HttpAgent({ keepAlive: true });
const httpsAgent = new HttpsAgent({ keepAlive: true, rejectUnauthorized: true });

/** The headers of an answer that the retry logic and the SDKs look at. */
const keptHeaders = ['content-type', 'retry-after', 'retry-after-ms', 'x-request-id'];

/** POSTs once: no redirect, no proxy, a time limit, a limit on the answer's size. @throws SendError */
export function sendOnce(sending: Sending): Promise<Answer> {
  const url = new URL(sending.url);
  const isHttps = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const state = { wasConnected: false };
    const request: ClientRequest = (isHttps ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: isHttps ? httpsAgent : httpAgent,
      headers: { ...sending.headers, 'content-length': Buffer.byteLength(sending.body) },
      ...(url.hostname === 'localhost' && { lookup: lookUpLocalhost, autoSelectFamily: true }),
    });
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${sending.timeoutMs / 1_000} s`)),
      sending.timeoutMs,
    );
    const onAbort = () => request.destroy(new Error('cancelled'));
    const stop = () => {
      clearTimeout(timer);
      sending.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error) => {
      stop();
      request.destroy();
      reject(new SendError(error.message || error.name, state.wasConnected, error));
    };
    if (sending.signal?.aborted) return fail(new Error('cancelled'));
    sending.signal?.addEventListener('abort', onAbort, { once: true });

    request.on('socket', (socket) => {
      const connected = () => {
        state.wasConnected = true;
      };
      if (socket.connecting) socket.once(isHttps ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      response.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > sending.maxResponseBytes)
          fail(new Error(`the answer is larger than ${sending.maxResponseBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('aborted', () => fail(new Error('the connection broke during the answer')));
      response.on('end', () => {
        stop();
        const headers: Record<string, string> = {};
        for (const name of keptHeaders) {
          const value = response.headers[name];
          if (typeof value === 'string') headers[name] = value;
        }
        resolve({
          status: response.statusCode ?? 0,
          headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.end(sending.body);
  });
}

/** "localhost" is answered here, so that no name server is asked. */
const lookUpLocalhost: LookupFunction = (_hostname, options, callback) => {
  if (options.all)
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  else callback(null, '127.0.0.1', 4);
};
