import { z } from 'zod';
import { unreadableError } from './http-errors.ts';
import type { TeacherAnswer } from './provider.ts';

const part = z.looseObject({ text: z.string().optional(), refusal: z.string().optional() });
const responseSchema = z.object({
  output: z.array(
    z.looseObject({
      type: z.string(),
      content: z.array(part).nullish(),
      name: z.string().optional(),
      arguments: z.string().optional(),
    }),
  ),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
});

/**
 * An answer of OpenAI's Responses API, as batch files hold it; it is never asked over the network.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 * @throws TeacherError when it is none
 */
export function readResponse(response: unknown): TeacherAnswer {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) throw unreadableError('response');
  const { output, incomplete_details } = parsed.data;
  const parts = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []));
  const calls = output.filter(({ type }) => type === 'function_call');
  const text = parts.map((each) => each.text ?? '').join('');
  const refusal = parts.map((each) => each.refusal ?? '').join('');
  const called =
    calls.length > 0
      ? JSON.stringify({
          tool_calls: calls.map((call) => ({ name: call.name, arguments: call.arguments })),
        })
      : '';
  const reason = incomplete_details?.reason;
  const isRefused = refusal !== '' || reason === 'content_filter';
  return {
    raw: text || refusal || called,
    ending: isRefused ? 'refused' : reason === 'max_output_tokens' ? 'cut-off' : undefined,
    usage: undefined,
  };
}
