import { afterEach, expect, test } from 'vitest';
import { createTeacherGate } from '../../../src/main/app/teacher-gate.ts';
import { listLedger, verifyLedger } from '../../../src/main/gate/ledger.ts';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { Store } from '../../../src/main/store/store.ts';
import { previewTeach } from '../../../src/main/teach/preview.ts';
import { teach } from '../../../src/main/teach/teach.ts';
import { addExample, ask, newProject, setConsent, teachOptions, triage } from './project.ts';
import { label, type Received, type Reply, startTeacher } from './teacher-server.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function start(answer: (received: Received, count: number) => Reply | Promise<Reply>) {
  const teacher = await startTeacher(answer);
  close = teacher.close;
  return teacher;
}

function project(count: number): Store {
  const { store } = newProject();
  for (let i = 0; i < count; i++) addExample(store, `t${i}`, `ticket number ${i}`);
  setConsent(store, 'all', 'permitted');
  return store;
}

test('the previewed bytes are the bytes that arrive', async () => {
  const teacher = await start(() => label('refund'));
  const store = project(3);
  const options = teachOptions(teacher.baseUrl, { apiKey: 'sk-secret' });
  const preview = await previewTeach(
    store,
    triage,
    options,
    createTeacherGate(store),
    2,
    unwatched,
  );
  expect(teacher.received).toHaveLength(0);
  expect(preview.requests).toHaveLength(2);
  expect(JSON.stringify(preview)).not.toContain('sk-secret');
  await ask(store, teacher.baseUrl, { apiKey: 'sk-secret' });
  for (const { sha256: previewed, url, headers } of preview.requests) {
    const arrived = teacher.received.find((one) => sha256(one.body) === previewed)!;
    expect(new URL(url).pathname).toBe(arrived.url);
    for (const [name, value] of Object.entries(headers))
      if (name !== 'authorization') expect(arrived.headers[name]).toBe(value);
    expect(Object.keys(arrived.headers).sort()).toEqual(
      [...Object.keys(headers), 'connection', 'content-length', 'host'].sort(),
    );
  }
});

test('busy servers are asked again after the time they name; each try is in the ledger', async () => {
  const times: number[] = [];
  const teacher = await start((_, count) => {
    times.push(performance.now());
    if (count === 1) return { status: 429, headers: { 'retry-after': '0.3' } };
    if (count === 2) {
      const date = new Date(Date.now() + 1_200).toUTCString();
      return { status: 503, headers: { 'retry-after': date } };
    }
    if (count === 3) return { destroy: true };
    return label('refund');
  });
  const store = project(1);
  const result = await ask(store, teacher.baseUrl);
  expect(result).toMatchObject({ sent: 1, accepted: 1, failed: 0, tries: 4 });
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(290);
  // An HTTP date has whole seconds.
  expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(190);
  const lines = listLedger(store);
  expect(lines.filter((line) => line.event === 'attempt')).toHaveLength(4);
  expect(lines.flatMap((line) => line.outcome ?? [])).toEqual([
    'failed',
    'failed',
    'unknown',
    'sent',
  ]);
  expect(verifyLedger(store)).toEqual({ entries: 8, valid: true });
});

test('a cap holds while calls are in flight, whatever the server charges', async () => {
  const priceOfOneUsd = 0.01;
  const teacher = await start(() => ({
    ...label('refund'),
    delayMs: 5,
    usage: { prompt_tokens: 1, completion_tokens: 1, cost: priceOfOneUsd },
  }));
  const store = project(60);
  const result = await ask(store, teacher.baseUrl, { maxCostUsd: 0.25, concurrency: 8 });
  expect(teacher.received.length * priceOfOneUsd).toBeLessThanOrEqual(0.25 + 1e-9);
  expect(teacher.received.length).toBe(25);
  expect(result).toMatchObject({ sent: 25, notSent: 35, capReached: true });
  expect(result.costUsd).toBeCloseTo(0.25);
  await expect(ask(store, teacher.baseUrl, { maxCostUsd: 1e-6 })).rejects.toMatchObject({
    code: 'teach.budget',
  });
});

test('a cap holds over tries whose answer never came: each may have been charged', async () => {
  const teacher = await start(() => ({ destroy: true }));
  const store = project(1);
  // A try may cost a dollar, so that two fit below the cap and a third does not.
  const price = { inputUsdPerMillion: 0, outputUsdPerMillion: 1e4 };
  const options = { price, maxOutputTokens: 100, firstWaitMs: 1, maxTries: 6 };
  const run = ask(store, teacher.baseUrl, { ...options, maxCostUsd: 2.5 });
  await expect(run).rejects.toMatchObject({ message: expect.stringContaining('break the cap') });
  expect(teacher.received).toHaveLength(2);

  await expect(ask(store, teacher.baseUrl, options)).rejects.toThrow();
  expect(teacher.received).toHaveLength(2 + 6);
});

test('prices: a local model is free without a cap; a remote one needs a price with it', async () => {
  const teacher = await start(() => label('refund'));
  const store = project(2);
  expect(await ask(store, teacher.baseUrl, { limit: 1 })).toMatchObject({
    costUsd: 0,
    priceAssumed: false,
  });
  const capped = await ask(store, teacher.baseUrl, { maxCostUsd: 1 });
  expect(capped.priceAssumed).toBe(true);
  expect(capped.costUsd).toBeCloseTo((100 * 0.15 + 10 * 0.6) / 1e6, 10);
  await expect(
    ask(store, 'https://api.example.com/v1', { maxCostUsd: 1, apiKey: 'k' }),
  ).rejects.toMatchObject({ code: 'teach.price', message: expect.stringContaining('--price') });
  await expect(ask(store, 'http://api.example.com/v1', { apiKey: 'k' })).rejects.toMatchObject({
    code: 'gate.refused',
  });
});

test('a server without structured output, temperature or max_tokens is spoken to plainly', async () => {
  const teacher = await start((one) => {
    const body = JSON.parse(one.body);
    if (body.response_format)
      return { status: 400, content: "'response_format' of type json_schema is not supported" };
    if ('temperature' in body) return { status: 400, content: "Unsupported value: 'temperature'" };
    if (body.max_tokens) return { status: 400, content: "Use 'max_completion_tokens' instead." };
    return label('card lost');
  });
  const store = project(10);
  const result = await ask(store, teacher.baseUrl, { concurrency: 1 });
  expect(result).toMatchObject({ requested: 10, sent: 10, accepted: 10, failed: 0 });
  // Three objections, once each, then ten answers.
  expect(teacher.received).toHaveLength(13);
});

test('a refused key stops the whole run at once', async () => {
  const teacher = await start(() => ({ status: 401, content: 'bad key' }));
  const store = project(50);
  await expect(ask(store, teacher.baseUrl, { apiKey: 'k', concurrency: 2 })).rejects.toMatchObject({
    code: 'teach.provider',
    message: expect.stringContaining('refused the key'),
  });
  expect(teacher.received.length).toBeLessThanOrEqual(3);
});

test('what a server says of an error is told in short, and no terminal obeys it', async () => {
  const said = `\u001b[2J\u001b]0;owned\u0007 boom ${'x'.repeat(100_000)}`;
  const teacher = await start(() => ({ status: 401, content: said }));
  const error: Error = await ask(project(2), teacher.baseUrl, { apiKey: 'k' }).catch((e) => e);
  expect(error.message).toContain('boom');
  expect(error.message.length).toBeLessThan(1_500);
  expect(error.message).not.toMatch(/\p{Cc}/u);
});

test('a redirect is not followed', async () => {
  const elsewhere = await startTeacher(() => label('refund'));
  const teacher = await start(() => ({
    status: 307,
    headers: { location: `${elsewhere.baseUrl}/chat/completions` },
  }));
  const store = project(1);
  await expect(ask(store, teacher.baseUrl)).rejects.toMatchObject({ code: 'gate.refused' });
  expect(elsewhere.received).toHaveLength(0);
  await elsewhere.close();
});

test('a server that is not there is a clear failure, and the next run goes on', async () => {
  const store = project(2);
  await expect(ask(store, 'http://127.0.0.1:9/v1', { maxTries: 2 })).rejects.toMatchObject({
    code: 'teach.provider',
    message: expect.stringContaining('Check that the server runs'),
  });
  const teacher = await start(() => label('refund'));
  expect(await ask(store, teacher.baseUrl)).toMatchObject({ sent: 2, accepted: 2 });
});

test('several samples vote; finished answers are not asked for again', async () => {
  const votes = ['refund', 'card lost', 'refund', 'refund', 'other', 'refund'];
  const teacher = await start((_, count) => label(votes[count - 1]!));
  const store = project(2);
  const result = await ask(store, teacher.baseUrl, { samples: 3, concurrency: 1 });
  expect(result).toMatchObject({ requested: 6, sent: 6, accepted: 6 });
  const [first] = store.examples.list();
  expect(first!.label).toMatchObject({ output: 'refund', author: 'teacher' });
  expect(first!.label!.agreement).toBeCloseTo(2 / 3);
  expect(await ask(store, teacher.baseUrl, { samples: 3 })).toMatchObject({
    requested: 0,
    sent: 0,
  });
});

test('replies are kept word for word, with what became of them', async () => {
  const replies: Reply[] = [
    { content: '```json\n{"label": "CARD_LOST", "confidence": "80%"}\n```' },
    { content: '{"label": ["refund", "other"]}' },
    {
      content: '',
      message: {
        role: 'assistant',
        content: null,
        refusal: "I'm sorry, but I can't help with that.",
      },
    },
    { content: 'Internal', status: 400 },
    { body: 'not json at all' },
  ];
  const teacher = await start((_, count) => replies[count - 1]!);
  const store = project(5);
  const result = await ask(store, teacher.baseUrl, { concurrency: 1, maxTries: 1 });
  expect(result).toMatchObject({
    sent: 5,
    accepted: 1,
    repaired: 1,
    malformed: 2,
    refusals: 1,
    failed: 2,
  });
  expect(store.replies.byOutcome('malformed')[0]!.raw).toBe('{"label": ["refund", "other"]}');
  expect(store.examples.list()[0]!.label).toMatchObject({ output: 'card lost', confidence: 0.8 });
});

test('cancelling stops new calls and keeps answers that were on their way', async () => {
  const controller = new AbortController();
  const teacher = await start((_, count) => {
    if (count === 3) controller.abort();
    return { ...label('refund'), delayMs: 40 };
  });
  const store = project(40);
  const work = { signal: controller.signal, report: () => undefined };
  await expect(ask(store, teacher.baseUrl, { work, concurrency: 2 })).rejects.toMatchObject({
    code: 'app.cancelled',
  });
  const asked = teacher.received.length;
  expect(asked).toBeLessThan(8);
  expect(store.requests.countByState()).toEqual({ finished: asked });
  expect(await ask(store, teacher.baseUrl)).toMatchObject({ sent: 40 - asked });
  expect(teacher.received).toHaveLength(40);
});

test('an answer that does not come in time is asked for again', async () => {
  const teacher = await start((_, count) =>
    count === 1 ? { ...label('refund'), delayMs: 300 } : label('refund'),
  );
  const store = project(1);
  const result = await ask(store, teacher.baseUrl, { timeoutMs: 60, maxTries: 2 });
  expect(result).toMatchObject({ accepted: 1, tries: 2 });
  expect(listLedger(store).map((line) => line.outcome ?? line.event)).toEqual([
    'attempt',
    'unknown',
    'attempt',
    'sent',
  ]);
});

test.each([
  ['is not claimed to be nothing', undefined, undefined],
  ['is kept where it is given', { inputUsdPerMillion: 1, outputUsdPerMillion: 0 }, 1e-4],
])('what an unknown model elsewhere costs %s', async (_, price, totalUsd) => {
  const teacher = await start(() => label('refund'));
  const store = project(1);
  const gate = createTeacherGate(store);
  const elsewhere = {
    ...gate,
    destination: (url: string) => ({ ...gate.destination(url), isLoopback: false }),
  };
  const options = teachOptions(teacher.baseUrl, { apiKey: 'sk-secret', price });
  await teach(store, triage, options, elsewhere, unwatched);
  expect(store.requests.cost()?.totalUsd).toBe(totalUsd);
  const outcome = listLedger(store).find(({ event }) => event === 'outcome');
  expect(outcome?.costUsd ?? undefined).toBe(totalUsd);
});

test('an answer that came and could not be kept is not paid for again', async () => {
  const teacher = await start(() => label('refund'));
  const store = project(1);
  const add = () => {
    throw new Error('no room on the disk');
  };
  const full = { ...store, replies: { ...store.replies, add } };
  await expect(ask(full, teacher.baseUrl)).rejects.toThrow('no room on the disk');
  expect(store.requests.countByState()).toEqual({ unknown: 1 });
  expect(await ask(store, teacher.baseUrl)).toMatchObject({ sent: 0, unknown: 1 });
  expect(teacher.received).toHaveLength(1);
  // Control: when it is wanted, it is.
  expect(await ask(store, teacher.baseUrl, { retryUnknown: true })).toMatchObject({ accepted: 1 });
});
