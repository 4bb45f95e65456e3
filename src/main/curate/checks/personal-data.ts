import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../../shared/errors.ts';
import { defineCheck, inputOf, type Score } from '../check.ts';

const ROWS_BETWEEN_PAUSES = 256;
const KINDS_FOR_ZERO = 4;

export const personalDataCheck = defineCheck({
  id: 'personal-data',
  title: 'Personal data',
  explanation:
    'The text holds what looks like personal data. It is replaced before a text is sent when its consent is "redacted"; a student keeps word pieces of what it was trained on.',
  threshold: 0.9,
  async run({ examples, tools }, work) {
    const scores: Score[] = [];
    for (const [index, example] of examples.entries()) {
      if (index % ROWS_BETWEEN_PAUSES === 0) {
        throwIfCancelled(work.signal);
        work.report({ done: index, total: examples.length, message: 'Looking for personal data' });
        await yieldToEvents();
      }
      if (example.status === 'rejected') continue;
      const spans = tools.findPersonalData(inputOf(example));
      if (spans.length === 0) continue;
      const kinds = [...new Set(spans.map(({ kind }) => kind))];
      scores.push({
        exampleId: example.id,
        score: Math.max(0, 1 - (kinds.length + 1) / KINDS_FOR_ZERO),
        evidence: { kinds, places: spans.map(({ kind, start, end }) => ({ kind, start, end })) },
      });
    }
    return scores;
  },
});
