import { z } from 'zod';
import type { Ending } from './ending.ts';
import { readMessage } from './providers/anthropic.ts';
import { readCompletion } from './providers/openai.ts';
import { readResponse } from './providers/openai-response.ts';
import type { TeacherAnswer } from './providers/provider.ts';

/** One line of a file of replies: whose it is and what the teacher said, or why it cannot be used. */
export type ReplyLine =
  | { readonly id: string; readonly raw: string; readonly ending?: Ending | undefined }
  | { readonly problem: string };

const plain = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  raw: z.unknown().refine((raw) => raw !== undefined, '"raw" is missing'),
});
const failure = z.object({ message: z.string().optional(), type: z.string().optional() }).nullish();

/** @see https://platform.openai.com/docs/api-reference/batch/request-output */
const openaiBatch = z.object({
  custom_id: z.string(),
  response: z
    .object({ status_code: z.number().optional(), body: z.looseObject({ error: failure }) })
    .nullish(),
  error: failure,
});
/** @see https://platform.claude.com/docs/en/api/messages/batches/results */
const anthropicBatch = z.object({
  custom_id: z.string(),
  result: z.object({
    type: z.string().default('succeeded'),
    message: z.unknown().optional(),
    error: z.object({ error: failure }).nullish(),
  }),
});

export function readReplyLine(text: string): ReplyLine {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'the line is not JSON' };
  }
  const own = plain.safeParse(value);
  if (own.success) {
    const { id, raw } = own.data;
    return { id, raw: typeof raw === 'string' ? raw : JSON.stringify(raw) };
  }
  const messages = anthropicBatch.safeParse(value);
  if (messages.success) return fromAnthropic(messages.data);
  const completions = openaiBatch.safeParse(value);
  if (completions.success) return fromOpenai(completions.data);
  return { problem: 'the line is neither {"id", "raw"} nor a batch result' };
}

function fromAnthropic({ custom_id, result }: z.infer<typeof anthropicBatch>): ReplyLine {
  if (result.type === 'succeeded') return read(custom_id, () => readMessage(result.message));
  return { problem: tellFailure(result.type, result.error?.error) };
}

function fromOpenai({ custom_id, response, error }: z.infer<typeof openaiBatch>): ReplyLine {
  if (!response) return { problem: tellFailure('failed', error) };
  const { status_code = 200, body } = response;
  if (status_code >= 400) return { problem: tellFailure(`failed, ${status_code}`, body.error) };
  return read(custom_id, () =>
    body.object === 'response' ? readResponse(body) : readCompletion(body),
  );
}

function read(id: string, answer: () => TeacherAnswer): ReplyLine {
  try {
    const { raw, ending } = answer();
    return { id, raw, ending };
  } catch {
    return { problem: 'the result holds no answer' };
  }
}

function tellFailure(state: string, error: z.infer<typeof failure>): string {
  const words = error?.message ?? error?.type;
  return `the provider did not answer it (${state}${words ? `: ${words}` : ''})`;
}
