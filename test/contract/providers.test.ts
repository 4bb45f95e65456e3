import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAnswerSchema } from '../../src/main/teach/answer-schema.ts';
import { createPrompt } from '../../src/main/teach/prompt.ts';
import { findProvider, providers } from '../../src/main/teach/providers/index.ts';
import { readCompletion } from '../../src/main/teach/providers/openai.ts';
import type { Usage } from '../../src/main/teach/providers/provider.ts';
import { triage } from '../integration/teach/project.ts';
import { type Reply, startTeacher } from '../integration/teach/teacher-server.ts';

/** What a provider says that an answer took, in its own words and in ours. */
const usages: Readonly<Record<string, { sent: Record<string, number>; read: Usage }>> = {
  openai: {
    sent: { prompt_tokens: 3, completion_tokens: 2, cost: 0.5 },
    read: { inputTokens: 3, outputTokens: 2, costUsd: 0.5 },
  },
  anthropic: {
    sent: { input_tokens: 2, cache_read_input_tokens: 1, output_tokens: 2 },
    read: { inputTokens: 3, outputTokens: 2, costUsd: null },
  },
};

let reply: Reply = {};
let teacher: Awaited<ReturnType<typeof startTeacher>>;
beforeAll(async () => {
  teacher = await startTeacher(() => reply);
});
afterAll(() => teacher.close());

describe.each(providers)('the teacher $id', (provider) => {
  const body = provider.body(
    {
      model: 'm',
      prompt: createPrompt(triage, { text: 'the words', context: null }),
      schema: createAnswerSchema(triage),
      temperature: 0,
      maxOutputTokens: 64,
    },
    provider.dialect('m'),
  );
  const send = (answer: Reply) => {
    reply = answer;
    return provider.send(body, { baseUrl: teacher.baseUrl, apiKey: 'k', fetch, signal: undefined });
  };

  test('is found by each of its names', () => {
    for (const name of [provider.id, ...provider.aliases])
      expect(findProvider(name)).toBe(provider);
  });

  test('sends exactly the body that was previewed, to the address that was named', async () => {
    const { sent, read } = usages[provider.id]!;
    const answer = await send({ content: 'fine', usage: sent });
    expect(answer).toEqual({ raw: 'fine', ending: undefined, usage: read });
    const arrived = teacher.received.at(-1)!;
    expect(arrived.body).toBe(JSON.stringify(body));
    expect(new URL(provider.url(teacher.baseUrl)).pathname).toBe(arrived.url);
    expect(arrived.text).toBe('the words');
  });

  test('asks once: what to do about a failure is decided elsewhere', async () => {
    const before = teacher.received.length;
    await expect(send({ status: 500 })).rejects.toMatchObject({ kind: 'retry', status: 500 });
    await expect(send({ status: 429, headers: { 'retry-after': '2' } })).rejects.toMatchObject({
      kind: 'retry',
      retryAfterMs: 2_000,
    });
    await expect(send({ status: 400, content: 'no' })).rejects.toMatchObject({ kind: 'reject' });
    for (const status of [401, 403, 404])
      await expect(send({ status })).rejects.toMatchObject({ kind: 'fatal', status });
    await expect(send({ body: '<html>' })).rejects.toMatchObject({
      kind: 'reject',
      mayHaveArrived: true,
    });
    await expect(send({ body: '{}' })).rejects.toMatchObject({ kind: 'reject' });
    await expect(send({ destroy: true })).rejects.toMatchObject({
      kind: 'retry',
      mayHaveArrived: true,
    });
    expect(teacher.received.length - before).toBe(9);
  });

  test('reads an answer without words and without usage', async () => {
    expect(await send({ content: '', usage: null })).toEqual({
      raw: '',
      ending: undefined,
      usage: undefined,
    });
  });
});

test('a provider that does not exist is told with those that do', () => {
  expect(() => findProvider('oracle')).toThrow(/openai-compatible/);
});

test("OpenAI's calls and refusals are read as words, and what ended an answer early is known", async () => {
  const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } };
  const read = (message: object, finish_reason?: string) =>
    readCompletion({ choices: [{ message: { role: 'assistant', ...message }, finish_reason }] });
  expect(JSON.parse(read({ content: null, tool_calls: [call] }).raw)).toEqual({
    tool_calls: [call],
  });
  expect(read({ content: null, refusal: 'No.' })).toMatchObject({ raw: 'No.', ending: 'refused' });
  expect(read({ content: '' }, 'content_filter').ending).toBe('refused');
  expect(read({ content: '{"la' }, 'length').ending).toBe('cut-off');
  expect(read({ content: '{}' }, 'stop').ending).toBeUndefined();
});
