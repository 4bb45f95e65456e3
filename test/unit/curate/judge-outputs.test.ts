import { expect, test } from 'vitest';
import type { CheckContext } from '../../../src/main/curate/check.ts';
import { judgeOutputs } from '../../../src/main/curate/label-errors/judge-outputs.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { CurrentLabel, Example } from '../../../src/main/store/examples.ts';
import type { Prediction } from '../../../src/shared/domain/prediction.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const task = parseTask({
  name: 'orders',
  kind: 'extract',
  schema: {
    type: 'object',
    properties: { item: { type: 'string' }, count: { type: 'integer' } },
    required: ['item', 'count'],
  },
});
const given = { item: 'lamp', count: 2 };

async function judge(reading: Prediction) {
  const context = {
    task,
    seed: 1,
    tools: { readOutOfFold: async () => [reading] },
  } as unknown as CheckContext; // what judging asks for
  const example = { text: 'two lamps', context: null, meta: {}, label: { output: given } };
  const examples = [example as unknown as Example & { readonly label: CurrentLabel }]; // the same
  return (await judgeOutputs(context, examples, [0], unwatched))[0]!;
}
const field = (name: string, value: string | number, confidence: number) => ({
  name,
  value,
  confidence,
});

test('fields that were read without being sure are told, the least sure first', async () => {
  const fields = [field('item', 'lamp', 0.6), field('count', 2, 0.3)];
  const { evidence } = await judge({ output: given, confidence: 0.4, fields, missing: [] });
  expect(evidence).toEqual({
    probability: 0.4,
    doubtful: [
      { field: 'count', confidence: 0.3 },
      { field: 'item', confidence: 0.6 },
    ],
  });
  const sure = fields.map((one) => ({ ...one, confidence: 0.9 }));
  const { evidence: none } = await judge({ output: given, confidence: 0.9, fields: sure });
  expect(none).toEqual({ probability: 0.9 });
});

test('what only keeps an output in shape is neither suggested nor compared', async () => {
  const fields = [field('item', 'lamp', 0.9), field('count', 0, 0)];
  const output = { item: 'lamp', count: 0 };
  const lacking = await judge({ output, confidence: 0, fields, missing: ['count'] });
  expect(lacking.evidence).toEqual({
    probability: 1e-4,
    doubtful: [{ field: 'count', confidence: 0 }],
    differences: [{ field: 'count', given: [2], read: [] }],
  });
  expect(lacking.doubt).toBeLessThan(0);
  // A value that was read is both.
  const whole = await judge({ output, confidence: 0.9, fields, missing: [] });
  expect(whole.evidence).toMatchObject({
    suggested: output,
    differences: [{ field: 'count', given: [2], read: [0] }],
  });
});
