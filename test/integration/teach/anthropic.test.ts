import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTeacherGate } from '../../../src/main/app/teacher-gate.ts';
import { listLedger } from '../../../src/main/gate/ledger.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { Store } from '../../../src/main/store/store.ts';
import type { TeachOptions } from '../../../src/main/teach/options.ts';
import { previewTeach } from '../../../src/main/teach/preview.ts';
import { findProvider } from '../../../src/main/teach/providers/index.ts';
import { addExample, ask, newProject, setConsent, teachOptions, triage } from './project.ts';
import { type Received, type Reply, startTeacher } from './teacher-server.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/anthropic/replies.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;
const play = (name: string, more: Partial<Reply> = {}): Reply => ({
  body: JSON.stringify(recorded[name]),
  ...more,
});
const options: Partial<TeachOptions> = {
  provider: findProvider('anthropic'),
  model: 'claude-haiku-5-5',
  apiKey: 'sk-ant-secret',
};

let answer: (received: Received, count: number) => Reply;
let teacher: Awaited<ReturnType<typeof startTeacher>>;
let store: Store;
beforeEach(async () => {
  answer = () => play('answer');
  teacher = await startTeacher((received, count) => answer(received, count));
  store = newProject().store;
});
afterEach(async () => {
  store.close();
  await teacher.close();
});

const teachAll = (more: Partial<TeachOptions> = {}) =>
  ask(store, teacher.baseUrl, { ...options, ...more });

function addPermitted(...ids: string[]): void {
  for (const id of ids) addExample(store, id, `ticket ${id}: I want my money back.`);
  setConsent(store, 'all', 'permitted');
}

test('what was previewed is byte for byte what arrives, with the key in its header only', async () => {
  addPermitted('a');
  const { requests } = await previewTeach(
    store,
    triage,
    teachOptions(teacher.baseUrl, options),
    createTeacherGate(store),
    1,
    unwatched,
  );
  expect(teacher.received).toEqual([]);
  const result = await teachAll();
  const [arrived] = teacher.received;
  expect(arrived!.body).toBe(requests[0]!.body);
  expect(requests[0]!.url).toBe(`${teacher.baseUrl}/messages`);
  expect(requests[0]!.headers['x-api-key']).toBe('***');
  expect(arrived!.headers).toMatchObject({
    'x-api-key': 'sk-ant-secret',
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
    'user-agent': 'stillroom',
  });
  const seen = Object.keys(arrived!.headers).sort();
  const previewed = Object.keys(requests[0]!.headers);
  expect(seen).toEqual([...previewed, 'connection', 'content-length', 'host'].sort());
  expect(JSON.parse(arrived!.body)).toMatchObject({
    model: 'claude-haiku-5-5',
    max_tokens: 512,
    messages: [{ role: 'user' }],
    output_config: {
      effort: 'low',
      format: { type: 'json_schema', schema: { additionalProperties: false } },
    },
  });
  expect(arrived!.body).not.toContain('temperature');
  expect(result).toMatchObject({ sent: 1, accepted: 1, cutOff: 0 });
  // 400 tokens in at $0.10 and 30 out at $0.50 a million.
  expect(result.costUsd).toBeCloseTo(400e-7 + 30 * 5e-7, 12);
  expect(store.examples.list()[0]!.label).toMatchObject({ output: 'refund', author: 'teacher' });
  expect(listLedger(store)).toMatchObject([
    { event: 'attempt', bytes: Buffer.byteLength(arrived!.body) },
    { event: 'outcome', outcome: 'sent', status: 200 },
  ]);
});

test.each(['anthropic', 'openai'])(
  'a key that is none, or that the server says back, is in no message (%s)',
  async (id) => {
    const provider = findProvider(id);
    addPermitted('a');
    for (const apiKey of ['sk-ant-secret\nx', 'sk-ant-secret x', 'sk-ant-secret…']) {
      const fault = await teachAll({ provider, apiKey }).catch((error: Error) => error);
      expect(fault).toMatchObject({ code: 'app.usage' });
      expect((fault as Error).message).not.toContain('sk-ant-secret');
    }
    expect(teacher.received).toEqual([]);
    answer = () => ({
      status: 401,
      body: '{"type": "error", "error": {"type": "x", "message": "no such key: sk-ant-secret"}}',
    });
    const fault = await teachAll({ provider }).catch((error: Error) => error);
    expect(teacher.received).toHaveLength(1);
    expect((fault as Error).message).toContain('no such key: ***');
    expect(readFileSync(store.path).includes('sk-ant-secret')).toBe(false);
    expect(readFileSync(`${store.path}-wal`).includes('no such key')).toBe(true);
    expect(readFileSync(`${store.path}-wal`).includes('sk-ant-secret')).toBe(false);
  },
);

test('pseudonyms leave, and what they stand for comes back', async () => {
  const id = addExample(store, 'a', 'Write to ana@example.org about my refund.');
  setConsent(store, 'all', 'redacted');
  await teachAll();
  expect(teacher.allBytes()).toContain('[EMAIL_1]');
  expect(teacher.allBytes()).not.toContain('ana@example.org');
  expect(store.labels.of(id)).toHaveLength(1);
});

test('several samples of each are several questions, and their votes are kept', async () => {
  addPermitted('a', 'b');
  expect(await teachAll({ samples: 3 })).toMatchObject({ sent: 6, accepted: 6 });
  expect(store.examples.list().map((row) => row.label?.agreement)).toEqual([1, 1]);
});

describe('an answer that ended early', () => {
  test.each([
    ['refusal', { malformed: 1, refusals: 1, cutOff: 0 }],
    // Whatever was written before it was refused.
    ['partialRefusal', { malformed: 1, refusals: 1, cutOff: 0 }],
    ['cutOff', { malformed: 1, refusals: 0, cutOff: 1 }],
  ])('%s is kept, paid for, counted, and no label', async (name, counts) => {
    addPermitted('a');
    answer = () => play(name);
    const result = await teachAll();
    expect(result).toMatchObject({ sent: 1, accepted: 0, failed: 0, ...counts });
    expect(result.costUsd).toBeGreaterThan(0);
    expect(store.examples.list()[0]!.label).toBeUndefined();
    expect(store.requests.countByState()).toEqual({ finished: 1 });
    await teachAll();
    expect(teacher.received).toHaveLength(1);
  });
});

describe('an error', () => {
  const calls = () => teacher.received.length;

  test('of an overloaded server is waited for, as long as it asks', async () => {
    addPermitted('a');
    answer = (_, count) =>
      count === 1
        ? play('overloaded', { status: 529 })
        : count === 2
          ? play('rateLimit', { status: 429, headers: { 'retry-after': '0.2' } })
          : play('answer');
    const startMs = performance.now();
    expect(await teachAll()).toMatchObject({ sent: 1, tries: 3, accepted: 1 });
    expect(performance.now() - startMs).toBeGreaterThan(190);
  });

  test.each([
    ['spendLimit', 429],
    ['noCredit', 400],
    ['badKey', 401],
  ])('that will hit every question ends the run: %s', async (name, status) => {
    addPermitted('a', 'b', 'c');
    answer = () => play(name, { status });
    await expect(teachAll({ concurrency: 1 })).rejects.toMatchObject({ code: 'teach.provider' });
    expect(calls()).toBe(1);
  });

  test('about one question is told and the others are asked', async () => {
    addPermitted('a', 'b');
    answer = (_, count) =>
      count === 1 ? { status: 413, content: 'request too large' } : play('answer');
    const result = await teachAll({ concurrency: 1 });
    expect(result).toMatchObject({ accepted: 1, failed: 1 });
    expect(result.lastError).toContain('request too large');
  });

  test('about the schema or the temperature is answered by asking without it, from then on', async () => {
    addPermitted('a', 'b');
    answer = ({ body }) => {
      if (body.includes('"temperature"')) return play('noTemperature', { status: 400 });
      if (body.includes('json_schema')) return play('noSchema', { status: 400 });
      return play('answer');
    };
    const result = await teachAll({ model: 'claude-sonnet-4-5', concurrency: 1 });
    expect(result).toMatchObject({ sent: 2, accepted: 2, failed: 0 });
    expect(calls()).toBe(4);
    expect(JSON.parse(teacher.received.at(-1)!.body)).not.toHaveProperty('output_config');
  });
});
