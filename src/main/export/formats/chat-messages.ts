import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { listTools } from '../../../shared/domain/tools.ts';
import type { ExportRow } from '../export-row.ts';
import { outputText } from './output-text.ts';

/** What is said before the answer: the instructions, the turn before, the text. */
export function askedMessages({ text, context }: ExportRow, { instructions }: Task) {
  return [
    ...(instructions ? [{ role: 'system', content: instructions }] : []),
    ...(context ? [{ role: 'assistant', content: context }] : []),
    { role: 'user', content: text },
  ];
}

/** The answer as an assistant gives it: a call as `tool_calls`, all else as text. */
export function answerMessage(output: Json, { kind }: Task) {
  const isCall = kind === 'tools' && typeof output === 'object' && output !== null;
  if (!isCall || !('name' in output)) return { role: 'assistant', content: outputText(output) };
  return {
    role: 'assistant',
    content: null,
    tool_calls: [
      {
        id: 'call_0',
        type: 'function',
        function: { name: output.name, arguments: canonicalJson(output.arguments ?? {}) },
      },
    ],
  };
}

/** The functions that a conversation offers, as OpenAI's and others' chat templates take them. */
export function offeredTools(task: Task) {
  if (task.kind !== 'tools') return {};
  return { tools: listTools(task).map((tool) => ({ type: 'function', function: tool })) };
}
