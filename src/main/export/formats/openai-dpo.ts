import { answerMessage, askedMessages, offeredTools } from './chat-messages.ts';
import type { Format } from './format.ts';

/** @see https://platform.openai.com/docs/guides/direct-preference-optimization; Azure and Fireworks read it, too */
export const openaiDpo: Format = {
  title: 'Preference pairs in the form of OpenAI: preferred and non-preferred output',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  needs: 'pairs',
  *encode(rows, task) {
    for (const row of rows)
      yield `${JSON.stringify({
        input: { messages: askedMessages(row, task), ...offeredTools(task) },
        preferred_output: [answerMessage(row.output, task)],
        non_preferred_output: [answerMessage(row.rejected, task)],
      })}\n`;
  },
};
