import { APIConnectionError, APIError, OpenAI } from 'openai';
import type { Json } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { TeacherError } from '../teacher-error.ts';
import { connectionError, statusError, unreadableError } from './http-errors.ts';
import type { SendOptions } from './provider.ts';

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

function toTeacherError(error: unknown): unknown {
  if (error instanceof TeacherError || error instanceof AppError) return error;
  // What the gate's fetch throws arrives wrapped.
  if (error instanceof APIConnectionError) return connectionError(error.cause ?? error);
  if (error instanceof APIError && typeof error.status === 'number') {
    const status: number = error.status;
    const isSpent =
      status === 429 && /insufficient_quota|billing/.test(JSON.stringify(error.error ?? ''));
    const headers = new Headers(error.headers ?? {});
    return statusError({ status, headers, message: error.message, isSpent }, error);
  }
  if (error instanceof SyntaxError || error instanceof APIError)
    return unreadableError('JSON', error);
  return error;
}
