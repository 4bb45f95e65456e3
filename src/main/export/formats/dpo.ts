import { answerMessage, askedMessages, offeredTools } from './chat-messages.ts';
import type { Format } from './format.ts';

/** @see https://huggingface.co/docs/trl/dataset_formats#preference: conversational, the prompt apart */
export const dpo: Format = {
  title: 'Preference pairs for DPO (TRL): what a person corrected against what the teacher said',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: false,
  needs: 'pairs',
  *encode(rows, task) {
    for (const row of rows)
      yield `${JSON.stringify({
        prompt: askedMessages(row, task),
        chosen: [answerMessage(row.output, task)],
        rejected: [answerMessage(row.rejected, task)],
        ...offeredTools(task),
      })}\n`;
  },
};
