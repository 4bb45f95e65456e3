import { canonicalJson } from '../../../shared/domain/json.ts';
import { listTools } from '../../../shared/domain/tools.ts';
import type { ExportRow, Format } from './format.ts';
import { outputText } from './output-text.ts';

/** @see https://platform.openai.com/docs/guides/supervised-fine-tuning: one {messages, tools?} a line */
export const openaiChat: Format = {
  title: 'OpenAI chat fine-tuning JSONL, calls as tool_calls',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  *encode(rows, task) {
    const tools = listTools(task).map((tool) => ({ type: 'function', function: tool }));
    for (const row of rows)
      yield `${JSON.stringify({
        messages: [
          ...(task.instructions ? [{ role: 'system', content: task.instructions }] : []),
          ...(row.context ? [{ role: 'assistant', content: row.context }] : []),
          { role: 'user', content: row.text },
          task.kind === 'tools' ? callMessage(row) : textMessage(row),
        ],
        ...(task.kind === 'tools' && { tools }),
      })}\n`;
  },
};

function textMessage({ output }: ExportRow) {
  return { role: 'assistant', content: outputText(output) };
}

function callMessage(row: ExportRow) {
  const { output } = row;
  if (typeof output !== 'object' || output === null || !('name' in output)) return textMessage(row);
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
