import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseDestination } from '../../../src/main/gate/destination.ts';
import { openDoor } from '../../../src/main/gate/door.ts';
import { listLedger } from '../../../src/main/gate/ledger.ts';
import { listenOnLoopback } from '../../../src/main/gate/listen.ts';
import { permit } from '../../../src/main/gate/permit.ts';
import type { Store } from '../../../src/main/store/store.ts';
import { addExample, newProject, setConsent } from '../teach/project.ts';
import { label, startTeacher } from '../teach/teacher-server.ts';

let teacher: Awaited<ReturnType<typeof startTeacher>>;
beforeEach(async () => {
  teacher = await startTeacher(() => label('refund'));
});
afterEach(() => teacher.close());

function prepare() {
  const { store } = newProject();
  const id = addExample(store, 'a', 'hello');
  setConsent(store, 'all', 'permitted');
  const destination = parseDestination(`${teacher.baseUrl}/chat/completions`);
  const permission = permit(
    store,
    { exampleIds: [id], purpose: 'label', destination, model: 'm', nowMs: Date.now() },
    ([input]) => ({ text: input!.text }),
  );
  if (permission.kind === 'blocked') throw new Error('not permitted');
  return { store, payload: permission.payload, url: destination.url };
}

const events = (store: Store) => listLedger(store).map((line) => line.outcome ?? line.event);

test('the permitted bytes pass, as often as they are sent', async () => {
  const { store, payload, url } = prepare();
  const fetch = openDoor(payload, { store });
  for (let i = 0; i < 2; i++)
    expect((await fetch(url, { method: 'POST', body: payload.body })).status).toBe(200);
  expect(teacher.received.map((one) => one.body)).toEqual([payload.body, payload.body]);
  expect(events(store)).toEqual(['attempt', 'sent', 'attempt', 'sent']);
});

test('other bytes, another address, another method: nothing is sent and no attempt is noted', async () => {
  const { store, payload, url } = prepare();
  const fetch = openDoor(payload, { store });
  const body = payload.body;
  const attempts = [
    fetch(url, { method: 'POST', body: `${body} ` }),
    fetch(url, { method: 'PUT', body }),
    fetch(`${url}?x=1`, { method: 'POST', body }),
    fetch(url.replace('127.0.0.1', 'localhost'), { method: 'POST', body }),
    fetch(new Request(url, { method: 'POST', body })),
    fetch(url, { method: 'POST', body: new Blob([body]) }),
  ];
  for (const attempt of attempts)
    await expect(attempt).rejects.toMatchObject({ code: 'gate.mismatch' });
  expect(teacher.received).toHaveLength(0);
  expect(store.ledger.isEmpty()).toBe(true);
});

test('a permission that ended after the payload was made is no permission', async () => {
  const { store, payload, url } = prepare();
  setConsent(store, 'all', 'private');
  await expect(
    openDoor(payload, { store })(url, { method: 'POST', body: payload.body }),
  ).rejects.toMatchObject({
    code: 'gate.refused',
    details: { reason: 'private' },
  });
  setConsent(store, 'all', 'redacted');
  await expect(
    openDoor(payload, { store })(url, { method: 'POST', body: payload.body }),
  ).rejects.toMatchObject({
    details: { reason: 'redacted' },
  });
  expect(teacher.received).toHaveLength(0);
});

test('proxies named in the environment are not used', async () => {
  const { store, payload, url } = prepare();
  const before = { ...process.env };
  Object.assign(process.env, {
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: 'http://127.0.0.1:9',
    http_proxy: 'http://127.0.0.1:9',
  });
  try {
    await openDoor(payload, { store })(url, { method: 'POST', body: payload.body });
  } finally {
    process.env = before;
  }
  expect(teacher.received).toHaveLength(1);
});

test('an answer larger than the limit is cut off', async () => {
  await teacher.close();
  teacher = await startTeacher(() => ({ content: 'x'.repeat(10_000) }));
  const { store, payload, url } = prepare();
  const sent = openDoor(payload, { store, maxResponseBytes: 1_000 })(url, {
    method: 'POST',
    body: payload.body,
  });
  await expect(sent).rejects.toThrow(/larger than 1000 bytes/);
  expect(events(store)).toEqual(['attempt', 'unknown']);
});

test('the attempt is on disk before the server hears of it', async () => {
  await teacher.close();
  let seen: string[] = [];
  const late: { store?: Store } = {};
  teacher = await startTeacher(() => {
    seen = events(late.store!);
    return label('refund');
  });
  const { store, payload, url } = prepare();
  late.store = store;
  await openDoor(payload, { store })(url, { method: 'POST', body: payload.body });
  expect(seen).toEqual(['attempt']);
});

test('the listening door answers this computer by its own name only', async () => {
  const listener = await listenOnLoopback((request) => new Response(request.method));
  expect(await (await fetch(listener.url)).text()).toBe('GET');
  expect(await (await fetch(listener.url.replace('127.0.0.1', 'localhost'))).text()).toBe('GET');
  const { request } = await import('node:http');
  const statusWith = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      request(listener.url, { headers }, (response) => resolve(response.statusCode)).end();
    });
  expect(await statusWith({ host: 'rebound.example' })).toBe(403);
  expect(await statusWith({ origin: 'https://page.example' })).toBe(403);
  expect(await statusWith({ origin: 'null' })).toBe(403);
  expect(await statusWith({ origin: 'http://localhost:3000' })).toBe(200);
  const long = await fetch(listener.url, { method: 'POST', body: 'a'.repeat(5 * 1024 * 1024) });
  expect([long.status, await long.json()]).toEqual([
    413,
    { error: expect.objectContaining({ message: expect.stringContaining('longer than') }) },
  ]);
  await expect(listenOnLoopback(() => new Response(), listener.port)).rejects.toMatchObject({
    code: 'app.usage',
  });
  await listener.close();
});
