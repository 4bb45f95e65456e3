import type { Format } from './format.ts';
import { outputText } from './output-text.ts';

/** @see https://github.com/tatsu-lab/stanford_alpaca: instruction, input, output */
export const alpaca: Format = {
  title: 'Alpaca: instruction, input, output',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  *encode(rows, task) {
    for (const { text, context, output } of rows)
      yield `${JSON.stringify({
        instruction: task.instructions,
        input: context ? `${context}\n${text}` : text,
        output: outputText(output),
      })}\n`;
  },
};
