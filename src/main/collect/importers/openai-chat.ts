import type { TaskKind } from '../../../shared/domain/task.ts';
import { chooseEncoding } from '../choose-encoding.ts';
import { readHead } from './head.ts';
import type { Importer } from './importer.ts';
import { firstJsonLine, readJsonLines, type ToFields } from './json-lines.ts';

/** OpenAI chat logs, fine-tuning files, stored completions and batch requests: one conversation a line. */
export const openaiChat: Importer = {
  id: 'openai-chat',
  title: 'OpenAI chat: one conversation a line',
  extensions: [],
  sniff: ({ text }) =>
    Array.isArray(unwrap(firstJsonLine(text) ?? {}).messages) ||
    /^\uFEFF?\s*\{\s*"messages"\s*:\s*\[/.test(text),
  async open(path, options) {
    const { bytes } = await readHead(path);
    const encoding = chooseEncoding(path, bytes, options.encoding);
    const toFields = createToFields(options.taskKind);
    return {
      encoding,
      delimiter: null,
      columns: null,
      hasNull: true,
      batches: () => readJsonLines(path, encoding, toFields),
    };
  },
};

interface Message {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly tool_calls?: unknown;
  readonly function_call?: unknown;
}

type Line = Readonly<Record<string, unknown>>;

/**
 * The conversation of a line, where it is wrapped: a batch request ({custom_id, body}), a logged call ({request,
 * response}), a stored completion with its messages ({messages, choices}). The answer is put after what was asked.
 */
function unwrap(line: Line): Line {
  const { messages, body, custom_id, request, response, choices, ...others } = line;
  if (messages !== undefined && choices === undefined) return line;
  const asked = messages ?? messagesOf(body) ?? messagesOf(request);
  if (!Array.isArray(asked)) return line;
  const answers = choices ?? (isRecord(response) ? response.choices : undefined);
  const [answer] = Array.isArray(answers) ? (answers as unknown[]) : [];
  return {
    ...others,
    ...(typeof custom_id === 'string' && { id: custom_id }),
    messages: isRecord(answer) ? [...asked, answer.message] : asked,
  };
}

function messagesOf(call: unknown): unknown {
  return isRecord(call) ? call.messages : undefined;
}

const shape = 'Each line needs {"messages": [{"role": "user", "content": "..."}, ...]}.';

/**
 * The last user message is the text, the turns before it the context, and what the assistant said after it the
 * output: for tools its call ({name, arguments}, null when it answered without one), else its last text.
 */
function createToFields(taskKind: TaskKind): ToFields {
  return (line) => {
    const { messages, ...others } = unwrap(line);
    if (!Array.isArray(messages) || !messages.every(isMessage))
      return { reason: '"messages" is not a list of messages', remedy: shape };
    const asked = messages.findLastIndex((message) => message.role === 'user');
    if (asked === -1) return { reason: 'no message is from the user', remedy: shape };
    const text = toText(messages[asked]!.content);
    if (text === undefined)
      return {
        reason: "the user's last message has parts that are not text",
        remedy: 'Leave out rows with images, sound or files.',
      };
    const answers = messages.slice(asked + 1).filter((message) => message.role === 'assistant');
    const output = taskKind === 'tools' ? toCall(answers) : toAnswer(answers);
    if ('reason' in output) return output;
    const context = toContext(messages.slice(0, asked));
    const system = messages.find(({ role }) => role === 'system' || role === 'developer');
    return {
      fields: {
        text,
        ...(context === '' ? {} : { context }),
        ...(system === undefined ? {} : { system: toText(system.content) ?? null }),
        ...('value' in output ? { output: output.value } : {}),
        ...others,
      },
    };
  };
}

type ReadOutput = { value: unknown } | { reason: string; remedy: string } | Record<never, never>;

function toAnswer(answers: readonly Message[]): ReadOutput {
  const answer = answers.findLast((message) => message.content != null);
  if (!answer) return {};
  const value = toText(answer.content);
  return value === undefined
    ? { reason: "the assistant's answer has parts that are not text", remedy: shape }
    : { value };
}

function toCall(answers: readonly Message[]): ReadOutput {
  if (answers.length === 0) return {};
  const calls = answers.flatMap((message) => [
    ...(Array.isArray(message.tool_calls) ? message.tool_calls : []).map(
      (call: unknown) => (call as { function?: unknown } | null)?.function,
    ),
    ...(message.function_call ? [message.function_call] : []),
  ]);
  if (calls.length === 0) return { value: null };
  if (calls.length > 1)
    return {
      reason: `the assistant made ${calls.length} calls`,
      remedy: 'A row holds one call. Split it into one row for each.',
    };
  const { name, arguments: given } = (calls[0] ?? {}) as { name?: unknown; arguments?: unknown };
  if (typeof name !== 'string')
    return { reason: 'the tool call has no function name', remedy: shape };
  if (typeof given !== 'string') return { value: { name, arguments: given ?? {} } };
  try {
    return { value: { name, arguments: JSON.parse(given.trim() || '{}') as unknown } };
  } catch (error) {
    return {
      reason: `the arguments of the tool call are not JSON: ${(error as Error).message}`,
      remedy: 'Correct them, or leave the row out.',
    };
  }
}

function toContext(turns: readonly Message[]): string {
  return turns
    .filter(({ role }) => role === 'user' || role === 'assistant')
    .map(({ role, content }) => ({ role, text: toText(content) ?? '' }))
    .filter(({ text }) => text !== '')
    .map(({ role, text }) => `${String(role)}: ${text}`)
    .join('\n');
}

/** Text as it is, or joined from parts; undefined when a part is something else. */
function toText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part: { type?: unknown; text?: unknown } | null) =>
    part?.type === 'text' && typeof part.text === 'string' ? part.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
}

const isMessage = (value: unknown): value is Message => isRecord(value);

function isRecord(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
