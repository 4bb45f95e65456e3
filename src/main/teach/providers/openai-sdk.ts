import { APIConnectionError, APIError, OpenAI } from 'openai';
import type { Json } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { parseRetryAfter, TeacherError } from '../teacher-error.ts';
import type { SendOptions } from './provider.ts';

/** Characters of what a server says about an error. */
const MOST_SHOWN = 1_000;
const TIMEOUT_MS = 15 * 60_000;

interface Server extends Omit<SendOptions, 'baseUrl'> {
  readonly baseURL: string;
}

/** Sends a body through the official SDK and returns what came back. @throws TeacherError, AppError of the gate */
export async function complete(
  body: Json,
  { baseURL, apiKey, fetch, signal }: Server,
): Promise<unknown> {
  const client = new OpenAI({
    baseURL,
    apiKey: apiKey ?? 'none',
    // Settings that the SDK would otherwise take from the environment.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    fetch,
    ...(apiKey === undefined && { defaultHeaders: { authorization: null } }),
  });
  try {
    // The provider made it; the gate compares the bytes that the SDK makes of it.
    const params = body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    return await client.chat.completions.create(params, { ...(signal && { signal }) });
  } catch (error) {
    throw toTeacherError(error);
  }
}

const retryStatuses = new Set([408, 409, 425, 429]);
const fatalStatuses = new Set([401, 402, 403, 404, 405]);

function toTeacherError(error: unknown): unknown {
  if (error instanceof TeacherError || error instanceof AppError) return error;
  if (error instanceof APIConnectionError) {
    const { cause } = error;
    // What the gate's fetch throws arrives wrapped.
    if (cause instanceof AppError || cause instanceof TeacherError) return cause;
    const mayHaveArrived = hasArrived(cause);
    const why = cause instanceof Error ? cause.message : error.message;
    return new TeacherError('retry', `The connection failed: ${why}.`, {
      mayHaveArrived,
      isUnreachable: !mayHaveArrived,
      cause: error,
    });
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const status: number = error.status;
    const isSpent = /insufficient_quota|billing/.test(JSON.stringify(error.error ?? ''));
    const isFatal = fatalStatuses.has(status) || (status === 429 && isSpent);
    const isRetried = retryStatuses.has(status) || status >= 500;
    return new TeacherError(
      isFatal ? 'fatal' : isRetried ? 'retry' : 'reject',
      tell(error.message),
      {
        status,
        retryAfterMs: parseRetryAfter(new Headers(error.headers ?? {}), Date.now()),
        cause: error,
      },
    );
  }
  if (error instanceof SyntaxError || error instanceof APIError)
    return new TeacherError('reject', 'The server answered something that is no JSON.', {
      mayHaveArrived: true,
      cause: error,
    });
  return error;
}

/** A server may say anything at any length, and a terminal obeys control characters. */
function tell(message: string): string {
  const plain = message.replace(/\p{Cc}+/gu, ' ');
  return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain;
}

/** Whatever is not known to have failed before a connection may have arrived. */
function hasArrived(cause: unknown): boolean {
  return !(cause instanceof Error && 'mayHaveArrived' in cause && cause.mayHaveArrived === false);
}
