import { z } from 'zod';

const plain = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  raw: z.unknown().refine((raw) => raw !== undefined, '"raw" is missing'),
});
/** A line of a provider's batch output. */
const batch = z.object({
  custom_id: z.string(),
  response: z.object({
    body: z.object({
      choices: z
        .array(
          z.object({
            message: z.object({
              content: z.string().nullish(),
              tool_calls: z.array(z.unknown()).nullish(),
            }),
          }),
        )
        .min(1),
    }),
  }),
});

/** One line of a file of replies: whose it is and what the teacher said, or why it cannot be used. */
export function readReplyLine(
  text: string,
): { readonly id: string; readonly raw: string } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'the line is not JSON' };
  }
  const line = plain.safeParse(value);
  if (line.success) {
    const { id, raw } = line.data;
    return { id, raw: typeof raw === 'string' ? raw : JSON.stringify(raw) };
  }
  const output = batch.safeParse(value);
  if (!output.success) return { problem: 'the line is not {"id", "raw"}' };
  const { content, tool_calls } = output.data.response.body.choices[0]!.message;
  const calls = tool_calls?.length ? JSON.stringify({ tool_calls }) : '';
  return { id: output.data.custom_id, raw: content || calls };
}
