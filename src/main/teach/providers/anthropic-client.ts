import { z } from 'zod';
import type { Json } from '../../../shared/domain/json.ts';
import { connectionError, statusError, unreadableError } from './http-errors.ts';
import type { SendOptions } from './provider.ts';

/** The version that every model and every other server of this protocol speaks, and that knows a temperature. */
const API_VERSION = '2023-06-01';

/** @see https://platform.claude.com/docs/en/api/errors: {type: "error", error: {type, message, details?}, request_id} */
const errorSchema = z.object({
  error: z.object({
    type: z.string(),
    message: z.string(),
    details: z.object({ error_code: z.string().nullish() }).nullish().catch(undefined),
  }),
});
const spentCodes = /spend_limit_reached/;
const spentWords = /credit balance is too low|spend(?:ing)? limit|usage limits/i;

/**
 * Posts one body and returns what came back. No SDK: the official one takes settings, headers and credentials from
 * the environment and from files, and traces its calls; this is all that a question needs.
 * @throws TeacherError, AppError of the gate
 */
export async function postMessage(
  url: string,
  body: Json,
  { apiKey, fetch, signal }: SendOptions,
): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'anthropic-version': API_VERSION,
        ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    text = await response.text();
  } catch (error) {
    throw connectionError(error);
  }
  const answer = parseJson(text);
  if (response.ok) {
    if (answer === undefined) throw unreadableError('JSON');
    return answer;
  }
  const { status, headers } = response;
  const { error } = errorSchema.safeParse(answer).data ?? {};
  const message = error ? `${status} ${error.type}: ${error.message}` : `${status} ${text}`;
  const isSpent =
    spentCodes.test(error?.details?.error_code ?? '') ||
    (status === 400 && spentWords.test(error?.message ?? ''));
  throw statusError({ status, headers, message, isSpent });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
