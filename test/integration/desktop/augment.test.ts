import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSession, type Session } from '../../../src/main/app/session.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';
import type { JobResults } from '../../../src/shared/contract/jobs.ts';
import type { JobEvent } from '../../../src/shared/contract/wire.ts';
import { plantDesk, topicTeacher } from '../augment/desk.ts';
import { startTeacher } from '../teach/teacher-server.ts';

let teacher: Awaited<ReturnType<typeof startTeacher>>;
let session: Session;
let ended: (job: JobEvent) => void;
beforeEach(async () => {
  teacher = await startTeacher(topicTeacher);
  session = createSession((event) => {
    if (event.kind === 'job' && event.job.state !== 'running') ended(event.job);
  });
  const project = plantDesk();
  project.close();
  await call('project.open', { path: project.path });
});
afterEach(async () => {
  await session.close();
  await teacher.close();
});

async function call<Name extends MethodName>(
  name: Name,
  input: MethodInput<Name>,
): Promise<MethodOutput<Name>> {
  const result = await session.call(name, input);
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
  return result.value as MethodOutput<Name>;
}

async function run(plan: MethodInput<'augment.run'>): Promise<JobResults['augment']> {
  const end = new Promise<JobEvent>((resolve) => {
    ended = resolve;
  });
  await call('augment.run', plan);
  const job = await end;
  expect(job.error?.message).toBeUndefined();
  return job.result as JobResults['augment'];
}

const asked = () => ({ baseUrl: teacher.baseUrl, model: 'm', maxShare: 0.9, maxCostUsd: 1 });

test('a preview shows drafts beside their parents and the exact requests, and keeps and sends nothing', async () => {
  const { drafts, teacher: shown } = await call('augment.preview', {
    ...asked(),
    quotas: [
      { strategy: 'typos', count: 8 },
      { strategy: 'paraphrase', count: 6 },
    ],
  });
  expect(drafts).toHaveLength(3);
  for (const { text, parent, output } of drafts) {
    expect(text).not.toBe(parent.text);
    expect(output).toBe(parent.output);
    expect(parent.split).toBe('train');
  }
  expect(shown).toMatchObject({ isLoopback: true, refusedByGate: 8 });
  expect(shown!.requests.length).toBeGreaterThan(0);
  expect(teacher.received).toHaveLength(0);
  expect((await call('augment.drafts', {})).total).toBe(0);

  await run({ ...asked(), quotas: [{ strategy: 'paraphrase', count: 6 }] });
  const bodies = teacher.received.map(({ body }) => body);
  for (const { body } of shown!.requests) expect(bodies).toContain(body);
});

test('several quotas are one job; drafts wait with their parents until a person decides', async () => {
  const outcome = await run({
    ...asked(),
    quotas: [
      { strategy: 'typos', count: 8 },
      { strategy: 'no-answer', count: 2 },
      { strategy: 'paraphrase', label: 'card', count: 2 },
    ],
  });
  const [typos, noAnswer, paraphrase] = outcome.quotas;
  expect(typos).toMatchObject({ accepted: 8, problem: null });
  expect(paraphrase).toMatchObject({ label: 'card', accepted: 2, problem: null });
  expect(outcome.accepted).toBe(10 + noAnswer!.accepted);
  expect(outcome.sent).toBe(teacher.received.length);

  const { drafts, total, next } = await call('augment.drafts', { limit: 7 });
  expect(total).toBe(outcome.accepted);
  expect(drafts).toHaveLength(7);
  const rest = await call('augment.drafts', { limit: 500, after: next });
  expect(new Set([...drafts, ...rest.drafts].map(({ key }) => key)).size).toBe(total);
  expect(rest.next).toBeNull();
  for (const { parent } of drafts) expect(parent?.text).toMatch(/^Please/);

  const before = await call('augment.recipes', {});
  const typosOf = (recipes: typeof before) => recipes.find(({ id }) => id === 'typos')!;
  expect(typosOf(before)).toMatchObject({ drafts: 8, approved: 0 });
  await call('review.decideWhere', {
    filter: 'strategy = typos and status in (new, labelled)',
    verdict: 'approve',
    reviewer: 'ada',
    includesHighStakes: true,
  });
  expect(typosOf(await call('augment.recipes', {}))).toMatchObject({ drafts: 0, approved: 8 });
  await call('project.undo', {});
  expect(typosOf(await call('augment.recipes', {}))).toMatchObject({ drafts: 8, approved: 0 });
});

test('a quota that can make nothing says why, and the others are met', async () => {
  await call('collect.consent', { selection: { filter: '', search: '' }, to: 'private' });
  const outcome = await run({
    ...asked(),
    quotas: [
      { strategy: 'hard-negative', count: 4 },
      { strategy: 'unicode', count: 4 },
    ],
  });
  expect(outcome.quotas[0]).toMatchObject({
    accepted: 0,
    problem: expect.stringContaining('Nothing was sent'),
  });
  expect(outcome.quotas[1]).toMatchObject({ accepted: 4, problem: null });
  expect(teacher.received).toHaveLength(0);
});

test('a recipe of the teacher without a model is refused before anything happens', async () => {
  await expect(call('augment.run', { quotas: [{ strategy: 'top-up', count: 1 }] })).rejects.toThrow(
    /choose its model/,
  );
  expect(await call('jobs.list', {})).toEqual([]);
});
