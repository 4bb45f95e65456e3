import { describe, expect, test } from 'vitest';
import { answerRequest, type Served } from '../../../src/main/route/endpoint.ts';
import type { Input } from '../../../src/shared/domain/prediction.ts';

const heard: Input[] = [];
const served: Served = {
  studentId: 'one',
  predictor: {
    classes: ['yes'],
    async predict(inputs) {
      heard.push(...inputs);
      return inputs.map(() => ({ output: 'yes', confidence: 0.9 }));
    },
    async close() {},
  },
  decide: () => ({ route: 'student', reason: 'sure' }),
};

async function send(body: unknown) {
  heard.length = 0;
  const answer = await answerRequest(served, {
    method: 'POST',
    path: '/v1/predict',
    authorization: undefined,
    body: JSON.stringify(body),
  });
  return { ...answer, message: (answer.body as { error?: { message: string } }).error?.message };
}

describe('a request for predictions', () => {
  test.each([
    ['"date" wants a day as YYYY-MM-DD', { text: 'secret', date: 'secret' }],
    ['"date" wants a day', { text: 'secret', date: 3 }],
    ['"context" wants a text', { text: 'secret', context: ['secret'] }],
    ['"text" wants a text', { context: 'secret' }],
    ['"inputs[1].date" wants a day', { inputs: ['secret', { text: 'secret', date: '1.2.2026' }] }],
    ['"inputs[1]" wants {"text": "..."}', { inputs: ['secret', 4] }],
    ['"inputs" wants a list', { inputs: 'secret' }],
    ['"inputs" wants at least one', { inputs: [] }],
    ['"inputs" wants at most 1000', { inputs: Array(1_001).fill('secret') }],
    ['Send {"text": "..."}', 'secret'],
  ])('is refused by the name of what is wrong: %s', async (words, body) => {
    const { status, message } = await send(body);
    expect([status, message?.slice(0, words.length), heard]).toEqual([400, words, []]);
    expect(message).toContain('Send {"text": "..."}');
    expect(message).not.toContain('secret');
  });

  test('with a right one of each is answered', async () => {
    expect((await send({ text: 'a', context: null, date: '2026-01-31' })).status).toBe(200);
    expect(heard).toEqual([{ text: 'a', context: null, referenceDate: '2026-01-31' }]);
    const { status, body } = await send({ inputs: ['a', { text: 'b', context: 'c' }] });
    expect([status, (body as { outputs: unknown[] }).outputs.length]).toEqual([200, 2]);
    expect(heard.map(({ text, context }) => [text, context])).toEqual([
      ['a', null],
      ['b', 'c'],
    ]);
  });
});
