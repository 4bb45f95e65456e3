import type { Format } from './format.ts';
import { outputText } from './output-text.ts';

export const sharegpt: Format = {
  title: 'ShareGPT: conversations of from and value',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  *encode(rows, task) {
    for (const { text, context, output } of rows)
      yield `${JSON.stringify({
        conversations: [
          ...(task.instructions ? [{ from: 'system', value: task.instructions }] : []),
          ...(context ? [{ from: 'gpt', value: context }] : []),
          { from: 'human', value: text },
          { from: 'gpt', value: outputText(output) },
        ],
      })}\n`;
  },
};
