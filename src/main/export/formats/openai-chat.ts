import { answerMessage, askedMessages, offeredTools } from './chat-messages.ts';
import type { Format } from './format.ts';

/** @see https://platform.openai.com/docs/guides/supervised-fine-tuning: one {messages, tools?} a line */
export const openaiChat: Format = {
  title: 'OpenAI chat fine-tuning JSONL, calls as tool_calls',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  *encode(rows, task) {
    for (const row of rows)
      yield `${JSON.stringify({
        messages: [...askedMessages(row, task), answerMessage(row.output, task)],
        ...offeredTools(task),
      })}\n`;
  },
};
