import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answerDialogs } from './helpers/dialogs.ts';
import { heard, untilEnded, untilUnderWay } from './helpers/jobs.ts';
import { ask, askResult, launch, type RunningApp } from './helpers/launch.ts';

const JOB_MS = 240_000;

let running: RunningApp;
/** Deaths of the engine that this window was told of. */
let known = 0;
afterEach(() => {
  expect(running.complaints).toEqual([]);
});

const pidOfEngine = async () => (await ask(running.page, 'engine.diagnostics', {})).pid;

/** Short jobs leave no time to ask for the number of the process first. */
async function killEngine(pid?: number): Promise<void> {
  const { page } = running;
  const restarts = async () => (await heard(page)).filter(({ kind }) => kind === 'engine').length;
  process.kill(pid ?? (await pidOfEngine()), 'SIGKILL');
  known++;
  await expect.poll(restarts, { timeout: 60_000 }).toBe(known);
}

/** What a person sees after the engine died: the window goes on, nothing runs, and the jobs say what can be resumed. */
async function expectRecovery(title: string, isResumable: boolean): Promise<void> {
  const { page } = running;
  await page.getByText(/^The engine stopped and was started again\./).waitFor();
  await page.getByRole('button', { name: 'No job running' }).click();
  const jobs = page.getByRole('dialog', { name: 'Jobs' });
  const first = jobs.getByRole('listitem').first();
  await first.getByText('Interrupted').waitFor();
  await expect.poll(() => first.textContent()).toContain(title);
  await expect
    .poll(() => first.getByRole('button', { name: 'Resume' }).count())
    .toBe(isResumable ? 1 : 0);
  await page.keyboard.press('Escape');
  await jobs.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close this notice' }).click();
  expect((await ask(page, 'ledger.verify', {})).valid).toBe(true);
  expect((await ask(page, 'project.summary', {})).isReadOnly).toBe(false);
}

describe('the engine killed in the middle of a job on the sample', () => {
  beforeAll(async () => {
    running = await launch();
    known = 0;
    await answerDialogs(running.app, { save: join(running.folder, 'desk.stillroom') });
    await running.page.getByRole('button', { name: 'Try the sample' }).click();
    await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
  });
  afterAll(() => running.close());
  const tell = () => ask(running.page, 'project.summary', {});

  test('teach: answers that came are kept, none is asked for twice', async () => {
    const teacher = await ask(running.page, 'teach.recorded', { action: 'start' });
    const started = await ask(running.page, 'teach.run', {
      baseUrl: teacher.baseUrl!,
      model: teacher.model,
      concurrency: 1,
    });
    const { labelled } = await tell();
    await expect
      .poll(async () => (await tell()).labelled, { timeout: JOB_MS })
      .toBeGreaterThan(labelled);
    const sent = (await tell()).left.requests;
    await killEngine();
    const [job] = await ask(running.page, 'jobs.list', {});
    expect(job).toMatchObject({ id: started.jobId, kind: 'teach', state: 'interrupted' });
    expect((await tell()).left.requests).toBeGreaterThanOrEqual(sent);
    await expectRecovery('Asking the teacher', true);
  });

  test('curate: finished checks keep their findings, no record is touched, no gate is judged', async () => {
    const before = await tell();
    await untilUnderWay(running.page, await ask(running.page, 'curate.run', {}));
    await killEngine();
    expect(await tell()).toMatchObject({
      examples: before.examples,
      labelled: before.labelled,
    });
    expect(await ask(running.page, 'curate.gates', {})).toMatchObject({ gates: [] });
    await expectRecovery('Checks', true);
  });

  test(
    'train: no half student, and resumed it ends',
    async () => {
      await untilUnderWay(
        running.page,
        await ask(running.page, 'train.run', { student: 'linear' }),
      );
      await killEngine();
      expect((await tell()).students).toBe(0);
      await expectRecovery('Training', true);
      await running.page.getByRole('button', { name: 'No job running' }).click();
      const jobs = running.page.getByRole('dialog', { name: 'Jobs' });
      await jobs.getByRole('button', { name: 'Resume' }).first().click();
      await expect
        .poll(async () => (await tell()).students, { timeout: JOB_MS, interval: 300 })
        .toBe(1);
      await running.page.keyboard.press('Escape');
    },
    JOB_MS,
  );

  test('evaluate: no half report', async () => {
    await untilUnderWay(running.page, await ask(running.page, 'evaluate.run', {}));
    await killEngine();
    expect((await tell()).accuracy).toBeNull();
    await expectRecovery('Evaluation', true);
  });

  test('a call that was under way is answered with an error, never left waiting', async () => {
    const { pid } = await ask(running.page, 'engine.diagnostics', {});
    const call = askResult(running.page, 'review.next', { count: 1000 });
    process.kill(pid, 'SIGKILL');
    const result = await call;
    if (!result.ok) expect(result.error.code).toBe('app.engine');
    await expect
      .poll(async () => (await askResult(running.page, 'project.summary', {})).ok, {
        timeout: 60_000,
      })
      .toBe(true);
  });
});

describe('the engine killed in the middle of a large file', () => {
  const rows = 100_000;
  const file = () => join(running.folder, 'large.csv');
  beforeAll(async () => {
    running = await launch();
    known = 0;
    const lines = Array.from({ length: rows }, (_, row) => `L-${row},text number ${row},a`);
    writeFileSync(file(), ['id,text,label', ...lines].join('\n'));
    const path = join(running.folder, 'large.stillroom');
    await ask(running.page, 'project.create', {
      path,
      task: { name: 'Large', kind: 'classify', labels: ['a', 'b'] },
    });
    await ask(running.page, 'project.close', {});
    await answerDialogs(running.app, { open: path });
    await running.page.getByRole('button', { name: 'Open…' }).click();
    await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
  });
  afterAll(() => running.close());
  const importAll = () =>
    ask(running.page, 'collect.import', {
      path: file(),
      mapping: { id: 'id', text: 'text', output: 'label' },
      reviewedBy: 'tester',
      consent: { to: 'permitted', basis: 'test' },
    });

  test(
    'import: nothing of the file, and then all of it',
    async () => {
      const pid = await pidOfEngine();
      await untilUnderWay(running.page, await importAll());
      await killEngine(pid);
      expect((await ask(running.page, 'project.summary', {})).examples).toBe(0);
      await expectRecovery('Import', false);
      expect(await untilEnded(running.page, await importAll())).toBe('done');
      expect((await ask(running.page, 'project.summary', {})).examples).toBe(rows);
    },
    JOB_MS,
  );

  test(
    'export: no half folder that looks whole, and then a whole one',
    async () => {
      const folder = join(running.folder, 'handed-on');
      const exportAll = (target: string) =>
        ask(running.page, 'export.run', { format: 'jsonl', folder: target, includePrivate: true });
      const pid = await pidOfEngine();
      await untilUnderWay(running.page, await exportAll(folder));
      await killEngine(pid);
      expect(draftsOf(folder)).toEqual([]);
      // Where the last step was made before the death, all of it is there.
      const isWhole = existsSync(folder);
      if (isWhole) expect(existsSync(join(folder, 'manifest.json'))).toBe(true);
      else {
        expect(await ask(running.page, 'export.list', {})).toEqual([]);
        await expectRecovery('Export', false);
      }
      const again = join(running.folder, 'once-more');
      expect(await untilEnded(running.page, await exportAll(again))).toBe('done');
      expect(existsSync(join(again, 'manifest.json'))).toBe(true);
    },
    JOB_MS,
  );
});

/** Half-written folders beside the one that was asked for. */
const draftsOf = (folder: string) =>
  readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}.`));
