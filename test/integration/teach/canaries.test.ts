import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseDestination } from '../../../src/main/gate/destination.ts';
import { openDoor } from '../../../src/main/gate/door.ts';
import type { Permitted } from '../../../src/main/gate/permit.ts';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { addExample, ask, newProject, setConsent } from './project.ts';
import { label, startTeacher } from './teacher-server.ts';

const DAY_MS = 86_400_000;
let teacher: Awaited<ReturnType<typeof startTeacher>>;
beforeEach(async () => {
  teacher = await startTeacher(() => label('refund'));
});
afterEach(() => teacher.close());

/** A project in which everything that must stay carries a marker of its own. */
function plant() {
  const { store } = newProject(undefined, 'canary-file-name.stillroom');
  const source = store.sources.begin({
    fileName: 'canary-source-name.csv',
    sha256: 'x',
    importer: 'csv',
    mapping: {},
  });
  // The table stands in the same file as what may leave.
  store.lookups.begin({
    name: 'canary-table',
    field: 'label',
    by: 'text',
    keyColumn: 'canary-column',
    valueColumn: 'canary-column',
    fileName: 'canary-table.csv',
  })('permitted-text-0 please', 'canary-fact');
  const metaJson = JSON.stringify({ 'canary-meta-key': 'canary-note' });
  for (let i = 0; i < 3; i++)
    addExample(store, `canary-id-${i}`, `permitted-text-${i} please`, {
      metaJson,
      sourceId: source,
    });
  addExample(store, 'p1', 'canary-private-text', { metaJson, context: 'canary-private-context' });
  addExample(store, 'h1', 'canary-holdout-text', { split: 'holdout' });
  addExample(store, 'r1', 'canary-revoked-text');
  addExample(store, 'e1', 'canary-expired-text');
  addExample(store, 'd1', 'canary-other-destination-text');
  addExample(store, 'u1', 'canary-other-purpose-text');
  addExample(store, 'x1', 'canary-rejected-text', { status: 'rejected' });
  setConsent(store, 'text ~ permitted-text or id in (h1, r1, x1)', 'permitted');
  setConsent(store, 'id=e1', 'permitted', { expiresAtMs: Date.now() - DAY_MS });
  setConsent(store, 'id=d1', 'permitted', { destination: 'api.example.com' });
  setConsent(store, 'id=u1', 'permitted', { purposes: ['augment', 'measure'] });
  setConsent(store, 'id=r1', 'private');
  const holdout = store.examples.findByExternalId('h1')!.id;
  addExample(store, 'c1', 'canary-child-of-holdout', {
    parentId: holdout,
    origin: 'synthetic',
    consent: 'permitted',
  });
  const kept = store.examples.findByExternalId('p1')!.id;
  addExample(store, 'c2', 'canary-child-of-private', {
    parentId: kept,
    origin: 'synthetic',
    consent: 'permitted',
  });
  return store;
}

test('what is not permitted never arrives, in no byte; what is permitted all does', async () => {
  const store = plant();
  const result = await ask(store, teacher.baseUrl);
  expect(result).toMatchObject({ sent: 3, accepted: 3, refusedByGate: 7 });
  expect(teacher.allBytes()).not.toContain('canary');
  for (let i = 0; i < 3; i++) expect(teacher.allBytes()).toContain(`permitted-text-${i}`);
  const bodies = teacher.received.map((one) => sha256(one.body));
  const sent = [...store.ledger.rows()].filter((row) => row.event === 'attempt');
  expect(sent.map((row) => JSON.parse(row.bodyJson).payloadSha256).sort()).toEqual(bodies.sort());
});

test('control: the same check goes red when a private text is sent past the gate', async () => {
  await fetch(`${teacher.baseUrl}/chat/completions`, {
    method: 'POST',
    body: 'canary-private-text',
  });
  expect(teacher.allBytes()).toContain('canary');
});

test('the door takes no payload that the gate did not make', async () => {
  const store = plant();
  const body = '{"x":"canary-private-text"}';
  const forged = {
    destination: parseDestination(`${teacher.baseUrl}/chat/completions`),
    purpose: 'label',
    model: 'm',
    exampleIds: [],
    externalIds: [],
    grantIds: [],
    redactedIds: [],
    body,
    bytes: body.length,
    sha256: sha256(body),
    redactions: 0,
  } as unknown as Permitted; // what a careless cast would do
  const send = openDoor(forged, { store })(forged.destination.url, { method: 'POST', body });
  await expect(send).rejects.toMatchObject({ code: 'gate.refused' });
  expect(teacher.received).toHaveLength(0);
  expect(store.ledger.isEmpty()).toBe(true);
});

test('headers tell nothing about this computer', async () => {
  const store = plant();
  await ask(store, teacher.baseUrl, { apiKey: 'sk-test' });
  const { headers } = teacher.received[0]!;
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ]);
  expect(headers['user-agent']).toBe('stillroom');
});

test('the holdout leaves to measure the teacher only, under a grant of its own', async () => {
  const { store } = newProject();
  addExample(store, 'h1', 'holdout one', { split: 'holdout' });
  addExample(store, 'h2', 'holdout two', { split: 'holdout' });
  setConsent(store, 'id=h1', 'permitted', { purposes: ['measure'] });
  setConsent(store, 'id=h2', 'permitted');
  expect(await ask(store, teacher.baseUrl)).toMatchObject({ requested: 0, sent: 0 });
  expect(await ask(store, teacher.baseUrl, { purpose: 'measure' })).toMatchObject({
    sent: 1,
    refusedByGate: 1,
  });
  expect(teacher.received.map((one) => one.text)).toEqual(['holdout one']);
});

test('when nothing may leave, the run is refused and says how to permit', async () => {
  const { store } = newProject();
  addExample(store, 'a', 'private');
  await expect(ask(store, teacher.baseUrl)).rejects.toMatchObject({
    code: 'gate.refused',
    kind: 'refused',
    message: expect.stringContaining('stillroom consent'),
    details: { refusedByGate: 1, sent: 0 },
  });
});

test('redacted rows leave without their personal data, which is put back into the answer', async () => {
  await teacher.close();
  teacher = await startTeacher((one) => ({
    content: JSON.stringify({
      text: `Dear customer, ${/\[EMAIL_1\]/.exec(one.text)?.[0] ?? 'nobody'}!`,
    }),
  }));
  const task = { ...(await import('./project.ts')).triage, kind: 'rewrite' as const };
  const { store } = newProject(task);
  const secrets = [
    'anna.canary@example.org',
    '+44 20 7946 0018',
    'DE89 3704 0044 0532 0130 00',
    '4111 1111 1111 1111',
  ];
  addExample(
    store,
    'a',
    `Write to ${secrets[0]} or call ${secrets[1]}; IBAN ${secrets[2]}, card ${secrets[3]}.`,
    {
      context: `From: ${secrets[0]}`,
    },
  );
  setConsent(store, 'all', 'redacted');
  const result = await ask(store, teacher.baseUrl, { task });
  expect(result).toMatchObject({ accepted: 1, redactions: 4 });
  for (const secret of secrets) expect(teacher.allBytes()).not.toContain(secret);
  const id = store.examples.findByExternalId('a')!.id;
  expect(store.labels.of(id)[0]!.output).toBe(`Dear customer, ${secrets[0]}!`);
});

test('an answer is compared with the schema as it is once personal data is put back', async () => {
  await teacher.close();
  teacher = await startTeacher(({ text }) => ({
    content: JSON.stringify({ sender: /\[EMAIL_1\]/.exec(text)?.[0] ?? 'nobody' }),
  }));
  const sender = { type: 'string', format: 'email' };
  const task = parseTask({
    name: 'senders',
    kind: 'extract',
    schema: { type: 'object', properties: { sender }, required: ['sender'] },
  });
  const { store } = newProject(task);
  const id = addExample(store, 'a', 'Please answer anna.canary@example.org.');
  setConsent(store, 'all', 'redacted');
  expect(await ask(store, teacher.baseUrl, { task })).toMatchObject({ accepted: 1, malformed: 0 });
  expect(teacher.allBytes()).not.toContain('anna.canary');
  expect(store.labels.of(id)[0]!.output).toEqual({ sender: 'anna.canary@example.org' });
});
