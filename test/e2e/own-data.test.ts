import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './helpers/axe.ts';
import { readClipboard } from './helpers/clipboard.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { type StubTeacher, startStubTeacher } from './helpers/stub-teacher.ts';
import { badRows, goodRows, labels, mayRows, writeTickets } from './helpers/tickets.ts';
import { createUser, type User } from './helpers/user.ts';
import { variants } from './helpers/variants.ts';

const JOB_MS = 240_000;
const CAP_USD = 0.9;
/** At the price assumed for a program on this computer, $0.15 for a million tokens. */
const DEAR = { tokens: 100_000, usd: 0.015 } as const;

describe.each(variants)('tasks on data of one’s own, by $hands.name', ({ hands, appearance }) => {
  let running: RunningApp;
  let user: User;
  let teacher: StubTeacher;
  const region = (name: string | RegExp) => running.page.getByRole('region', { name });
  const ledger = async () => {
    const { entries } = await ask(running.page, 'ledger.list', { before: null, limit: 1000 });
    return entries;
  };
  const idsOf = async (filter: string) => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof ask<'collect.page'>>> = await ask(
        running.page,
        'collect.page',
        { filter, after, limit: 500 },
      );
      ids.push(...page.rows.map(({ externalId }) => externalId));
      after = page.next;
    } while (after !== null);
    return ids;
  };

  beforeAll(async () => {
    running = await launch();
    const { page, folder } = running;
    teacher = await startStubTeacher(labels[0]);
    writeTickets(join(folder, 'tickets.csv'));
    const path = join(folder, 'tickets.stillroom');
    const task = { name: 'Tickets', kind: 'classify', labels };
    await ask(page, 'project.create', { path, task });
    await ask(page, 'project.close', {});
    await answerDialogs(running.app, { open: path });
    user = await createUser(running, hands, appearance);
    await user.press('button', 'Open…');
    await region('Next step').waitFor();
  });
  afterAll(async () => {
    await running.close();
    await teacher.close();
  });

  test('2: bring in tickets.csv', async () => {
    await answerDialogs(running.app, { open: join(running.folder, 'tickets.csv') });
    user.begin('02-import');
    await user.go('Collect');
    await user.press('button', 'Import file…');
    await user.press('button', 'Choose file…');
    await user.press('button', 'Import as private');
    await region('Imported 12,400, refused 12').waitFor({ timeout: JOB_MS });
    await user.press('button', 'Copy the reasons');
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(6);
    await user.milestone('imported');

    const { byConsent, examples } = await ask(running.page, 'project.summary', {});
    expect({ examples, ...byConsent }).toMatchObject({ examples: goodRows, private: goodRows });
    const reasons = (await readClipboard(running.app)).split('\n');
    expect(reasons).toHaveLength(badRows);
    expect(reasons.map((line) => Number(line.split('\t')[0]))).toEqual(
      // A heading, and then a bad row after every thousand good ones.
      Array.from({ length: badRows }, (_, index) => 1002 + index * 1001),
    );
    expect(await violations(running.page)).toEqual([]);
  }, 300_000);

  test('3: let the teacher see only May’s tickets', async () => {
    user.begin('03-permit');
    await user.go('Collect');
    // The import took the column "received at" for the day of the text.
    await user.choose('Column', 'date');
    await user.fill('date contains', '2026-05');
    await user.press('button', 'Select all 300 that match');
    await user.press('button', 'Permit 300…');
    await user.fill(/Why this is allowed/, 'contract 12');
    await user.fill('Until', '2027-01-31');
    expect(await violations(running.page)).toEqual([]);
    await user.press('button', 'Permit 300 records');
    await running.page.getByRole('dialog').waitFor({ state: 'detached' });
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(8);
    await user.milestone('permitted');

    const may = Array.from({ length: mayRows }, (_, row) => `K-${row}`);
    expect((await idsOf('consent = permitted')).sort()).toEqual(may.sort());
    const { grants } = await ask(running.page, 'collect.example', { externalId: 'K-7' });
    expect(grants).toMatchObject([
      {
        purposes: ['label'],
        basis: 'contract 12',
        expiresAtMs: new Date('2027-01-31T23:59:59').getTime(),
      },
    ]);
  });

  test('4: what would be sent for the third one?', async () => {
    await user.go('Teach');
    await user.fill('Address', teacher.baseUrl);
    await user.fill(/Model/, 'stub');
    user.begin('04-preview');
    await user.press('button', 'Preview what is sent');
    await user.press('button', 'Next record');
    await user.press('button', 'Next record');
    await region('Exact request, record 3 of 300').waitFor();
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(4);
    await user.milestone('third');
    expect(await violations(running.page)).toEqual([]);
    expect(teacher.received).toEqual([]);
  });

  test('5: get labels, spend under $1', async () => {
    await user.press('radio', 'Raw bytes');
    const shown = await region('Exact request, record 3 of 300').textContent();
    teacher.tokens = DEAR.tokens;
    user.begin('05-send');
    await user.fill('Cap, dollars', String(CAP_USD));
    await user.press('button', 'Preview what is sent');
    await user.press('button', `Send 300 to ${teacher.host}, at most $0.90`);
    expect(teacher.received).toEqual([]);
    await user.press('button', 'Send 300');
    await region('Answered just now').waitFor({ timeout: JOB_MS });
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(5);
    await user.milestone('answered');

    const answered = teacher.received.length;
    expect(answered * DEAR.usd).toBeLessThanOrEqual(CAP_USD);
    // Nor is it wasted: not two more would have fitted.
    expect((answered + 2) * DEAR.usd).toBeGreaterThan(CAP_USD);
    await expect
      .poll(() => region('Answered just now').textContent())
      .toContain(`The cap was reached; ${mayRows - answered} were not sent.`);
    const entries = await ledger();
    expect(entries.map(({ payloadSha256 }) => payloadSha256).sort()).toEqual(
      teacher.received.map(({ sha256 }) => sha256).sort(),
    );
    expect(entries.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)).toBeLessThanOrEqual(
      CAP_USD,
    );
    expect(teacher.received.map(({ body }) => body)).toContain(shown);
    expect((await idsOf('author = teacher')).length).toBe(answered);
  }, 300_000);

  test('6: take permission back from one', async () => {
    const sent = new Set((await ledger()).flatMap(({ exampleIds }) => exampleIds));
    expect(sent).toContain('K-0');
    user.begin('06-revoke');
    await user.go('Collect');
    await user.tickRow('K-0');
    await user.press('button', 'Make private…');
    const said = running.page.getByRole('dialog').getByText(/already sent/);
    await said.waitFor();
    await expect
      .poll(() => said.textContent())
      .toMatch(
        new RegExp(
          `^1 of these was already sent to ${teacher.host}, last on .* cannot be called back`,
        ),
      );
    expect(await violations(running.page)).toEqual([]);
    await user.press('button', 'Make 1 record private');
    await running.page.getByRole('dialog').waitFor({ state: 'detached' });
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(5);

    const before = teacher.received.length;
    teacher.tokens = 300;
    await user.go('Teach');
    // A second answer for the first twenty, of which the one is the first.
    await user.choose('Records', 'All permitted');
    await user.fill('At most', '20');
    await user.fill('Answers for each', '2');
    await user.press('button', 'Preview what is sent');
    await user.press('button', /^Send 19 to/);
    await user.press('button', 'Send 19');
    await region('Answered just now').waitFor({ timeout: JOB_MS });
    await expect.poll(() => teacher.received.length, { timeout: JOB_MS }).toBe(before + 19);
    const bodies = teacher.received.map(({ body }) => body);
    // The search finds it in what was sent while it was permitted, so it would find it here.
    expect(bodies.slice(0, before).filter((body) => body.includes('case 0.'))).toHaveLength(1);
    expect(bodies.slice(before).filter((body) => body.includes('case 0.'))).toEqual([]);
    const { valid } = await ask(running.page, 'ledger.verify', {});
    expect(valid).toBe(true);
    await user.go('Ledger');
    await user.milestone('ledger');
  }, 300_000);
});
