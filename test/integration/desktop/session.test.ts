import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../../src/main/app/session.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts';
import type { JobStarted } from '../../../src/shared/contract/job-started.ts';
import type { JobKind, JobResults } from '../../../src/shared/contract/jobs.ts';
import type { JobEvent, WireEvent } from '../../../src/shared/contract/wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-session-'));
const path = join(folder, 'desk.stillroom');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A window without a screen: calls by name, and waits for jobs by their events. */
function createWindow() {
  const events: WireEvent[] = [];
  const waiting = new Map<number, (event: JobEvent) => void>();
  const ends = new Map<number, JobEvent>();
  const session: Session = createSession((event) => {
    events.push(event);
    if (event.kind !== 'job' || event.job.state === 'running') return;
    ends.set(event.job.id, event.job);
    waiting.get(event.job.id)?.(event.job);
  });
  async function call<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<MethodOutput<Name>> {
    const result = await session.call(name, input);
    if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
    return structuredClone(result.value) as MethodOutput<Name>;
  }
  async function finish<Kind extends JobKind>(
    _kind: Kind,
    { jobId }: JobStarted,
  ): Promise<JobResults[Kind]> {
    const job =
      ends.get(jobId) ?? (await new Promise<JobEvent>((resolve) => waiting.set(jobId, resolve)));
    expect(job.error?.message).toBeUndefined();
    expect(job.state).toBe('done');
    return job.result as JobResults[Kind];
  }
  return { session, events, call, finish };
}

describe('a session on the sample', () => {
  const window = createWindow();
  const { call, finish } = window;
  beforeAll(async () => {
    await call('project.sample', { path });
  });
  afterAll(() => window.session.close());

  test('starts with everything imported and permitted, and nothing sent', async () => {
    const summary = await call('project.summary', {});
    expect(summary).toMatchObject({
      isSample: true,
      isReadOnly: false,
      examples: 4896,
      left: { everBytes: 0, everLoopbackBytes: 0, requests: 0 },
    });
    expect(
      summary.byConsent.private + summary.byConsent.permitted + summary.byConsent.redacted,
    ).toBe(4896);
  });

  /** Keys in the order of the table, page by page. */
  const keysOf = async (query: Partial<MethodInput<'collect.page'>>) => {
    const keys: number[] = [];
    let after: string | null = null;
    do {
      const page: MethodOutput<'collect.page'> = await call('collect.page', { ...query, after });
      for (const { key } of page.rows) keys.push(key);
      after = page.next;
    } while (after !== null);
    return keys;
  };

  test('pages through every record exactly once, whatever the order', async () => {
    for (const sort of ['order', 'id', 'text', 'label'] as const)
      for (const isDescending of [false, true]) {
        const keys = await keysOf({ sort, isDescending, limit: 500 });
        expect(keys).toHaveLength(4896);
        expect(new Set(keys).size).toBe(4896);
      }
  });

  test('pages through what is found in any order, with a filter too', async () => {
    const query = { search: 'my car', filter: 'consent = permitted', limit: 50 };
    const inOrder = await keysOf(query);
    expect(inOrder.length).toBeGreaterThan(100);
    const { search, filter } = query;
    expect(inOrder).toHaveLength((await call('collect.count', { search, filter })).matching);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(await keysOf({ ...query, isDescending: true })).toEqual(inOrder.toReversed());
    const byText = await keysOf({ ...query, sort: 'text' });
    expect(byText.toSorted((a, b) => a - b)).toEqual(inOrder);
    expect((await keysOf({ ...query, filter: '' })).length).toBeGreaterThan(inOrder.length);
  });

  test('search finds words by their start, in indexed and in fresh rows', async () => {
    const { rows } = await call('collect.page', { search: 'contactl', limit: 5 });
    expect(rows).toHaveLength(5);
    for (const { text } of rows) expect(text.toLowerCase()).toContain('contactl');
    const { matching, total } = await call('collect.count', { search: 'contactl' });
    expect(total).toBe(4896);
    expect(matching).toBeGreaterThan(20);
    expect((await call('collect.page', { search: '"; DROP (* NEAR' })).rows).toEqual([]);
  });

  test('changes consent in bulk and takes it back in one step', async () => {
    const before = (await call('project.summary', {})).byConsent;
    const { changed } = await call('collect.consent', {
      selection: { filter: '', search: 'contactless' },
      to: 'private',
    });
    expect(changed).toBeGreaterThan(10);
    const revoked = await call('project.summary', {});
    expect(revoked.byConsent.private).toBe(before.private + changed);
    expect(revoked.undo).toMatch(/private/);
    await call('project.undo', {});
    expect((await call('project.summary', {})).byConsent).toEqual(before);
  });

  test('previews, teaches, checks, reviews, splits, seals, trains, measures, routes and exports', async () => {
    const teacher = await call('teach.recorded', { action: 'start' });
    const request = {
      baseUrl: teacher.baseUrl!,
      model: teacher.model,
      maxCostUsd: 2,
      price: { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 },
    };
    const preview = await call('teach.preview', { ...request, count: 3 });
    expect(preview).toMatchObject({ isLoopback: true });
    expect(preview.requests).toHaveLength(3);
    const slip = { ...request, count: 3, filter: 'meta.chanel != e-mail' };
    expect(await window.session.call('teach.preview', slip)).toMatchObject({
      error: { code: 'app.usage', message: expect.stringContaining('No row has a column') },
    });
    expect((await call('project.summary', {})).left.requests).toBe(0);

    const taught = await finish('teach', await call('teach.run', { ...request, limit: 900 }));
    expect(taught.sent).toBeGreaterThan(300);
    const { total, entries } = await call('ledger.list', { limit: 10 });
    expect(total).toBe(taught.tries);
    expect(entries[0]!.outcome).toBe('sent');
    expect((await call('ledger.verify', {})).valid).toBe(true);

    const checks = ['schema', 'exact-duplicate', 'label-error'];
    await finish('curate', await call('curate.run', { checks }));
    const lines = await call('curate.checks', {});
    // One that found nothing ran all the same; one that did not run says so; what is not for labels is not offered.
    const scoredBy = Object.fromEntries(lines.map(({ id, scored }) => [id, scored]));
    expect(scoredBy.schema).toBe(0);
    expect(scoredBy['near-duplicate']).toBeNull();
    expect(scoredBy).not.toHaveProperty('field-value');
    expect(lines.find(({ id }) => id === 'exact-duplicate')!.open).toBeGreaterThan(0);
    const { findings } = await call('curate.findings', { check: 'exact-duplicate' });
    expect(findings[0]!.other).not.toBeNull();
    const scored = (await call('curate.cut', { check: 'label-error', threshold: 1 })).flagged;
    expect((await call('curate.cut', { check: 'label-error', threshold: 0 })).flagged).toBe(0);
    expect(scored).toBeGreaterThan(0);

    const { items } = await call('review.next', { count: 5 });
    expect(items).toHaveLength(5);
    const { decided } = await call('review.recorded', { count: 50 });
    expect(decided).toBeGreaterThan(0);
    await finish('split', await call('review.split', { holdout: 0, calibration: 0, seed: 7 }));
    const certificate = await finish('seal', await call('review.seal', {}));
    expect(certificate.rows).toBe(715);

    const trained = await finish('train', await call('train.run', { student: 'linear' }));
    const [student] = await call('train.students', {});
    expect(student!.id).toBe(trained.studentId);
    await finish('evaluate', await call('evaluate.run', {}));
    const { evaluation } = await call('evaluate.latest', {});
    expect(evaluation!.report.n).toBe(715);
    expect((await call('evaluate.compare', {}))[0]!.measured!.n).toBe(715);
    await finish('route', await call('route.run', { maxError: 0.1 }));
    const { route } = await call('route.latest', {});
    expect(route!.calibrationRows).toBeGreaterThan(400);
    const tried = await call('route.try', { text: 'My card was stolen' });
    expect(tried.alternatives[0]!.probability).toBeGreaterThan(0);

    const endpoint = await call('route.endpoint', { action: 'start', port: 18_123 });
    expect(endpoint.isOn).toBe(true);
    expect((await fetch(`${endpoint.url}/health`)).ok).toBe(true);
    expect((await call('route.endpoint', { action: 'stop' })).isOn).toBe(false);

    const out = join(folder, 'dataset');
    const exported = await finish(
      'export',
      await call('export.run', { format: 'openai-chat', folder: out }),
    );
    expect(exported.files.length).toBeGreaterThan(0);
    expect(await call('export.list', {})).toHaveLength(1);

    const summary = await call('project.summary', {});
    expect(summary.gates.map(({ id }) => id)).toEqual([
      'consent',
      'quality',
      'sealed',
      'contamination',
      'evaluation',
      'guarantee',
    ]);
    expect(summary.accuracy!.value).toBeGreaterThan(0.5);
    const details = await call('collect.example', { externalId: entries[0]!.exampleIds[0]! });
    expect(details.ledger.length).toBeGreaterThan(0);
    expect(details.grants.length).toBeGreaterThan(0);
    expect((await call('jobs.list', {})).every(({ state }) => state === 'done')).toBe(true);
  }, 120_000);

  test('a second window on the same file only reads', async () => {
    const second = createWindow();
    const summary = await second.call('project.open', { path });
    expect(summary.isReadOnly).toBe(true);
    const refused = await second.session.call('collect.consent', {
      selection: { filter: '', search: '' },
      to: 'private',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'app.readonly' } });
    await second.session.close();
  });

  test('a window that opens its own file again still writes', async () => {
    expect(await call('project.open', { path })).toMatchObject({ isReadOnly: false });
  });

  test('one job at a time; a cancelled one can be resumed', async () => {
    const { jobId } = await call('curate.run', {});
    const busy = await window.session.call('train.run', {});
    expect(busy).toMatchObject({ ok: false, error: { code: 'app.busy' } });
    await call('jobs.cancel', { id: jobId });
    await expect.poll(async () => (await call('jobs.list', {}))[0]!.state).toBe('cancelled');
    const resumed = await call('jobs.resume', { id: jobId });
    await call('jobs.cancel', { id: resumed.jobId });
    await expect.poll(async () => (await call('jobs.list', {}))[0]!.state).not.toBe('running');
  });

  test('a paused one waits to go on; only a training ends with what it has', async () => {
    const { jobId } = await call('curate.run', {});
    expect(await call('jobs.finish', { id: jobId })).toEqual({ finishing: false });
    expect(await call('jobs.pause', { id: jobId })).toEqual({ paused: true });
    await expect.poll(async () => (await call('jobs.list', {}))[0]!.state).toBe('interrupted');
    await call('jobs.discard', { ids: [jobId] });
    expect((await call('jobs.list', {}))[0]).toMatchObject({ id: jobId, state: 'cancelled' });
    expect(await call('jobs.pause', { id: jobId })).toEqual({ paused: false });
    const training = await call('train.run', { student: 'mlp' });
    await expect
      .poll(async () => (await call('jobs.points', { id: training.jobId })).at(-1)?.epoch ?? 0, {
        timeout: 60_000,
      })
      .toBeGreaterThan(1);
    expect(await call('jobs.finish', { id: training.jobId })).toEqual({ finishing: true });
    const { endedEarly, studentId } = await window.finish('train', training);
    expect(endedEarly!.epoch).toBeLessThan(endedEarly!.epochs);
    expect((await call('train.students', {}))[0]).toMatchObject({ id: studentId });
  }, 120_000);

  test('events are thinned out to four a second', () => {
    const running = window.events.flatMap((event) =>
      event.kind === 'job' && event.job.state === 'running' ? [event.job] : [],
    );
    expect(running.length).toBeGreaterThan(10);
    const taught = running.filter(({ kind }) => kind === 'teach');
    expect(new Set(taught.map(({ done }) => done)).size).toBeLessThanOrEqual(taught.length);
  });
});

describe('bad input', () => {
  const { session } = createWindow();
  test.each<[string, unknown, string]>([
    ['nothing.there', {}, 'app.usage'],
    ['project.open', { path: 7 }, 'app.usage'],
    ['project.open', { path: '/nowhere/at/all.stillroom' }, 'store.missing'],
    ['project.summary', {}, 'store.missing'],
    ['collect.page', {}, 'store.missing'],
    ['__proto__', {}, 'app.usage'],
    ['constructor', {}, 'app.usage'],
  ])('%s is answered with an error as a value', async (name, input, code) => {
    expect(await session.call(name, input)).toMatchObject({ ok: false, error: { code } });
  });
});
