import { afterEach, beforeEach, expect, test } from 'vitest';
import { findConfusions } from '../../../src/main/app/augment-confusions.ts';
import { previewAugment } from '../../../src/main/app/augment-project.ts';
import type { Project } from '../../../src/main/app/project.ts';
import { undoLast } from '../../../src/main/app/undo.ts';
import { verifyLedger } from '../../../src/main/gate/ledger.ts';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import { train } from '../../helpers/train-project.ts';
import { setConsent } from '../teach/project.ts';
import { type Received, type Reply, startTeacher } from '../teach/teacher-server.ts';
import { askOptions, children, plantDesk, request, run, textAbout, topicTeacher } from './desk.ts';

let answer: (received: Received, count: number) => Reply;
let teacher: Awaited<ReturnType<typeof startTeacher>>;
let project: Project;
beforeEach(async () => {
  answer = topicTeacher;
  teacher = await startTeacher((received, count) => answer(received, count));
  project = plantDesk();
});
afterEach(async () => {
  project.close();
  await teacher.close();
});

const ask = (strategy: string, more: Parameters<typeof run>[2] = {}) =>
  run(project, strategy, { teacher: askOptions(teacher.baseUrl), ...more });

test.each(['hard-negative', 'edge-case', 'paraphrase', 'top-up'])(
  '%s sends permitted seeds only; nothing of the other rows is in any byte',
  async (strategy) => {
    const result = await ask(strategy, { count: 40, maxShare: 0.9, verifies: true });
    expect(result.sent).toBeGreaterThan(10);
    expect(result.refusedByGate).toBe(8);
    expect(result.refusalReasons).toEqual({ private: 8 });
    expect(teacher.allBytes()).not.toContain('canary');
    const open = project.store.examples.list(parseFilter('id ~ open'));
    expect(open.some(({ text }) => teacher.allBytes().includes(text.split('.')[0]!))).toBe(true);
    const attempts = [...project.store.ledger.rows()].filter(({ event }) => event === 'attempt');
    const sent = attempts.map(({ bodyJson }) => JSON.parse(bodyJson));
    expect(sent.map(({ payloadSha256 }) => payloadSha256).sort()).toEqual(
      teacher.received.map(({ body }) => sha256(body)).sort(),
    );
    expect(new Set(sent.map(({ purpose }) => purpose))).toEqual(new Set(['augment']));
    expect(verifyLedger(project.store)).toMatchObject({ valid: true });
  },
);

test('control: once private rows are permitted, the same look finds their markers', async () => {
  setConsent(project.store, 'id ~ private', 'permitted', { purposes: ['augment'] });
  await ask('edge-case', { count: 120, maxShare: 0.9 });
  expect(teacher.allBytes()).toContain('canary-private');
  expect(teacher.allBytes()).not.toMatch(/canary-(?!private)/);
});

test('a grant for labels is none for new texts; the refusal says how to permit', async () => {
  setConsent(project.store, 'all', 'private');
  setConsent(project.store, 'all', 'permitted', { purposes: ['label'] });
  await expect(ask('paraphrase')).rejects.toMatchObject({
    code: 'gate.refused',
    kind: 'refused',
    message: expect.stringContaining('--purpose augment'),
    details: { sent: 0 },
  });
  expect(teacher.received).toHaveLength(0);
});

test('the previewed bytes are those that arrive, and a preview sends nothing', async () => {
  const { requests } = await previewAugment(
    project,
    request('paraphrase'),
    askOptions(teacher.baseUrl),
    2,
    unwatched,
  );
  expect(teacher.received).toHaveLength(0);
  expect(requests).toHaveLength(2);
  await ask('paraphrase');
  const arrived = teacher.received.map(({ body }) => body);
  for (const { body } of requests) expect(arrived).toContain(body);
});

test('a draft that repeats a row, held out or not, is refused without ever being shown to the teacher', async () => {
  const heldOut = textAbout('card', 200);
  const known = textAbout('money', 1);
  const fresh = textAbout('card', 5_000);
  answer = () => ({ content: JSON.stringify({ texts: [heldOut, known.toUpperCase(), fresh] }) });
  const result = await ask('edge-case', { count: 3, label: 'card' });
  expect(result.refused).toMatchObject({ 'repeat-held-out': 1, repeat: expect.any(Number) });
  expect(children(project).map(({ text }) => text)).toEqual([fresh]);
  expect(teacher.allBytes()).not.toContain(heldOut);
});

test('a draft about something else than it should be is refused, by the nearest rows or by a second question', async () => {
  answer = (received, count) =>
    received.body.includes('You write training examples')
      ? { content: JSON.stringify({ texts: [textAbout('weather', 7_000 + count)] }) }
      : topicTeacher(received, count);
  const locally = await ask('paraphrase', { count: 2, label: 'card' });
  expect(locally).toMatchObject({ accepted: 0, judge: 'neighbours' });
  expect(locally.refused.disagreement).toBeGreaterThan(0);
  const verified = await ask('paraphrase', { count: 2, label: 'card', verifies: true });
  expect(verified.accepted).toBe(0);
  expect(verified.refused['not-verified']).toBeGreaterThan(0);
  const right = await ask('paraphrase', { count: 2, label: 'weather', verifies: true });
  expect(right.accepted).toBe(2);
});

test('replies without texts are kept, counted and give no row', async () => {
  answer = () => ({ content: "I'm sorry, but I can't help with that." });
  const result = await ask('paraphrase', { count: 2 });
  expect(result).toMatchObject({ made: 0, accepted: 0, malformed: result.sent });
  expect(project.store.replies.countByOutcome()).toEqual({ refusal: result.sent });
});

test('a run that was cut off is taken up without paying for an answer twice', async () => {
  const controller = new AbortController();
  answer = (received, count) => {
    if (count === 3) controller.abort();
    return topicTeacher(received, count);
  };
  const work = { signal: controller.signal, report: () => undefined };
  const options = { ...askOptions(teacher.baseUrl), concurrency: 1 };
  await expect(ask('edge-case', { count: 30, teacher: options, work })).rejects.toMatchObject({
    code: 'app.cancelled',
  });
  expect(children(project)).toHaveLength(0);
  const paid = teacher.received.map(({ body }) => body);
  expect(paid.length).toBeGreaterThanOrEqual(3);

  answer = topicTeacher;
  const resumed = await ask('edge-case', { count: 6, teacher: options });
  expect(resumed).toMatchObject({ sent: 0, accepted: 6 });
  const more = await ask('edge-case', { count: 6, teacher: options });
  expect(more.sent).toBeGreaterThan(0);
  const later = teacher.received.slice(paid.length).map(({ body }) => body);
  expect(later.some((body) => paid.includes(body))).toBe(false);
});

test('the cap holds; what came before it is used', async () => {
  const price = { inputUsdPerMillion: 1_000, outputUsdPerMillion: 1_000 };
  const options = { ...askOptions(teacher.baseUrl), price, concurrency: 1, maxOutputTokens: 64 };
  const limited = { ...options, maxCostUsd: 1.6 };
  const result = await ask('edge-case', { count: 30, teacher: limited });
  expect(result.capReached).toBe(true);
  expect(result.costUsd).toBeLessThanOrEqual(1.6);
  expect(result.accepted).toBeGreaterThan(0);
  await expect(
    ask('edge-case', { teacher: { ...options, maxCostUsd: 0.01 } }),
  ).rejects.toMatchObject({ code: 'teach.budget' });
});

test('personal data of a redacted seed stays here and comes back in the child', async () => {
  const { store } = project;
  setConsent(store, 'all', 'private');
  const id = store.examples.findByExternalId('open-card-0')!.id;
  const secret = 'anna.canary@example.org';
  store.transaction(() => {
    const child = store.examples.insert({
      externalId: 'secret',
      text: `My card was sent to ${secret}, why?`,
      origin: 'real',
      consent: 'private',
      split: 'train',
      status: 'new',
      contentHash: 'secret',
    });
    store.labels.add({ exampleId: child, author: 'human', output: 'card', isValid: true });
  });
  setConsent(store, 'id = secret', 'redacted', { purposes: ['augment'] });
  answer = ({ text }) => ({
    content: JSON.stringify({
      texts: [`The bank wrote ${/\[EMAIL_1\]/.exec(text)![0]} about my plastic card and its chip`],
    }),
  });
  expect(await ask('paraphrase', { count: 1, label: 'card' })).toMatchObject({
    accepted: 1,
    redactions: 1,
  });
  expect(teacher.allBytes()).not.toContain(secret);
  const [child] = children(project);
  expect(child).toMatchObject({ consent: 'redacted' });
  expect(child!.text).toContain(secret);
  expect(store.examples.get(id)!.consent).toBe('private');
});

test('hard negatives aim at the labels that doubts say are mixed up', async () => {
  await ask('hard-negative', { count: 6 });
  const labels = children(project).map(({ label }) => label!.output);
  expect(labels.length).toBeGreaterThan(3);
  expect(new Set(labels)).toEqual(new Set(['card', 'weather']));
});

test('an augmentation is one step to undo; undone drafts are set aside and not made again', async () => {
  const { accepted } = await run(project, 'typos');
  expect(undoLast(project.store)).toBe(`make ${accepted} drafts (typos)`);
  const undone = children(project);
  expect(undone.every(({ status }) => status === 'rejected')).toBe(true);
  await run(project, 'typos');
  const texts = children(project).map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
});

test('hard negatives aim at what was confused on the calibration rows, and never on the holdout', () => {
  const { store } = project;
  const dataFingerprint = 'x';
  store.transaction(() => {
    store.students.add({
      id: 'linear-00000000',
      kind: 'linear',
      folder: 'students/none',
      dataFingerprint,
      metrics: {},
      config: {},
    });
    const evaluate = (split: string, given: string, n: number) => {
      const confusion = [
        { given, answered: given, n: 90, share: 0.9 },
        { given, answered: 'nothing', n, share: 0.1 },
      ];
      const reportJson = JSON.stringify({ confusion });
      store.evaluations.add({ studentId: 'linear-00000000', split, dataFingerprint, reportJson });
    };
    evaluate('calibration', 'money', 7);
    evaluate('holdout', 'card', 9);
  });
  expect(findConfusions(store)).toEqual([{ given: 'money', answered: 'nothing', weight: 7 }]);
});

test('once there is a student, it judges', async () => {
  const { studentId } = await train(project);
  const result = await ask('paraphrase', { count: 2 });
  expect(result).toMatchObject({ judge: studentId, accepted: 2 });
});
