import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './helpers/axe.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { answersOf, textsIn } from './helpers/handed-on.ts';
import { untilEnded } from './helpers/jobs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { createUser, type User } from './helpers/user.ts';
import { variants } from './helpers/variants.ts';

const JOB_MS = 150_000;
const sampleFolder = fileURLToPath(new URL('../../sample', import.meta.url));
const linesOf = (name: string) =>
  readFileSync(join(sampleFolder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);

let running: RunningApp;
let folder: string;
/** The sample with its answers read and checked; each variant gets a copy. */
let prepared: string;
beforeAll(async () => {
  running = await launch();
  folder = mkdtempSync(join(tmpdir(), 'stillroom-tasks-'));
  prepared = join(folder, 'prepared.stillroom');
  const { page } = running;
  await ask(page, 'project.sample', { path: prepared });
  await untilEnded(
    page,
    await ask(page, 'teach.replies', { path: join(sampleFolder, 'teacher-replies.jsonl') }),
  );
  await untilEnded(page, await ask(page, 'curate.run', {}));
  await ask(page, 'project.close', {});
}, JOB_MS);
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** By the palette, whatever is open. */
async function closeProject(): Promise<void> {
  const { page } = running;
  await page.keyboard.press('Control+K');
  // Faster than a person, a test could type before the palette listens.
  await page.getByLabel('Search commands').fill('Close project');
  await page.locator('[data-selected]', { hasText: 'Close project' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open…' }).waitFor();
}

describe.each(variants)('tasks on the sample, by $hands.name', ({ hands, appearance }) => {
  let user: User;
  let path: string;
  const region = (name: string | RegExp) => running.page.getByRole('region', { name });
  const tell = () => ask(running.page, 'project.summary', {});

  beforeAll(async () => {
    path = join(folder, `${hands.name}.stillroom`);
    cpSync(prepared, path);
    await answerDialogs(running.app, { open: path });
    user = await createUser(running, hands, appearance);
    await user.press('button', 'Open…');
    await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
  });
  afterAll(() => closeProject());

  test('7: check 20 labels; you got the last one wrong', async () => {
    const state = () => ask(running.page, 'review.state', {});
    const before = await state();
    user.begin('07-review');
    await user.go('Review');
    const card = running.page.getByRole('article', { name: /^Record 1 of/ });
    await card.waitFor();
    for (const key of 'aaaaa1aaaaxaaaa1aaaa') await user.key(key);
    await user.key('Backspace');
    await running.page.getByRole('article', { name: /^Record 20 of/ }).waitFor();
    expect((await state()).decided - before.decided).toBe(19);
    await user.key('x');
    const { actions } = user.end();
    expect(actions.length).toBeLessThanOrEqual(24);
    await expect.poll(async () => (await state()).decided - before.decided).toBe(20);
    await user.milestone('reviewed');
    const history = await ask(running.page, 'review.history', { limit: 21 });
    expect(history[0]).toMatchObject({ verdict: 'reject' });
    expect(history.filter(({ verdict }) => verdict === 'reject').length).toBeGreaterThanOrEqual(2);
  });

  test(
    '8: fix what blocks a fair test',
    async () => {
      const contamination = async () =>
        (await tell()).gates.find(({ id }) => id === 'contamination')?.state;
      user.begin('08-fair-test');
      await user.go('Curate');
      expect(await violations(running.page)).toEqual([]);
      const checked = (await ask(running.page, 'curate.gates', {})).atMs ?? 0;
      await user.press('button', 'Set the repeating training records aside');
      await user.press('button', 'Check again');
      await expect
        .poll(async () => (await ask(running.page, 'curate.gates', {})).atMs, {
          timeout: JOB_MS,
          interval: 500,
        })
        .toBeGreaterThan(checked);
      // What was named is all there is: nothing stood behind it.
      await expect.poll(contamination).toBe('passed');
      await user.go('Review');
      await user.press('button', 'Seal 715…');
      await user.press('button', 'Seal 715');
      await running.page.getByText('715 records sealed').waitFor({ timeout: JOB_MS });
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(7);
      await user.milestone('sealed');
      expect((await ask(running.page, 'review.state', {})).seal?.rows).toBe(715);
    },
    JOB_MS,
  );

  test(
    '9: train Standard, stop midway, keep the result',
    async () => {
      user.begin('09-train');
      await user.go('Train');
      await user.press('radio', 'Standard');
      await user.press('button', 'Train');
      await running.page.getByRole('figure').first().waitFor({ timeout: JOB_MS });
      await user.press('button', 'Stop…');
      await running.page.getByRole('button', { name: /^Keep / }).waitFor({ timeout: JOB_MS });
      expect(await violations(running.page)).toEqual([]);
      await user.milestone('stopping');
      await user.press('button', /^Keep /);
      const outcome = region('Trained just now');
      await outcome.waitFor({ timeout: JOB_MS });
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(6);
      await user.milestone('kept');
      await expect.poll(() => outcome.textContent()).toMatch(/Stopped by you /);
      await expect.poll(() => running.page.getByRole('alert').count()).toBe(0);
      const [job] = await ask(running.page, 'jobs.list', {});
      expect(job).toMatchObject({ kind: 'train', state: 'done' });
      const [student] = await ask(running.page, 'train.students', {});
      expect(readFileSync(join(student!.folder, 'MODEL_CARD.md'), 'utf8')).toMatch(
        /stopped by a person (at epoch \d+ of 15|before the last step)/,
      );
    },
    JOB_MS,
  );

  test(
    '9, on another day: a paused training goes on after a restart',
    async () => {
      await user.press('button', 'Train');
      await running.page.getByRole('figure').first().waitFor({ timeout: JOB_MS });
      await user.milestone('training');
      await user.press('button', 'Pause');
      await region('Paused training').waitFor();
      const [job] = await ask(running.page, 'jobs.list', {});
      expect(job).toMatchObject({ kind: 'train', state: 'interrupted', isResumable: true });
      await closeProject();
      await user.press('button', 'Open…');
      await user.go('Train');
      await user.press('button', 'Resume');
      await expect
        .poll(async () => (await tell()).students, { timeout: JOB_MS, interval: 500 })
        .toBe(2);
      // The student is there a moment before its job has ended, and until then no other may begin.
      const stateOf = async () => (await ask(running.page, 'jobs.list', {}))[0]?.state;
      await expect.poll(stateOf, { timeout: JOB_MS }).toBe('done');
      await expect.poll(() => region('Paused training').count()).toBe(0);
    },
    JOB_MS,
  );

  test(
    '10: is it as good as the teacher?',
    async () => {
      user.begin('10-evaluate');
      await user.go('Evaluate');
      await user.press('button', 'Evaluate · look 1');
      await region('Result').waitFor({ timeout: JOB_MS });
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(2);
      await user.milestone('evaluated');
      expect(await violations(running.page)).toEqual([]);
      const { evaluation } = await ask(running.page, 'evaluate.latest', {});
      const { difference } = evaluation!.report.teacherComparison!;
      const said = await region('Result').textContent();
      const points = (share: number) =>
        `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)}`;
      expect(said).toContain(`${points(difference.value)} points`);
      expect(said).toContain(`${points(difference.low)} to ${points(difference.high)}`);
    },
    JOB_MS,
  );

  test(
    '11: at most 3 % wrong: how much can it answer?',
    async () => {
      user.begin('11-route');
      await user.go('Route');
      await user.fill('Allowed errors, percent', '3');
      await user.press('button', 'Choose the threshold');
      await region('Result').waitFor({ timeout: JOB_MS });
      await user.fill('A text', 'the machine kept my card');
      await user.press('button', 'Try the text');
      await running.page.getByText(/% sure/).waitFor();
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(6);
      await user.milestone('routed');
      expect(await violations(running.page)).toEqual([]);
      const { route } = await ask(running.page, 'route.latest', {});
      const said = await region('Result').textContent();
      expect(said).toContain(route!.words);
      expect(route).toMatchObject({ maxError: 0.03 });
      expect(route!.errorUpperBound).toBeLessThanOrEqual(0.03);
      expect(said).toMatch(/at most 3 % of its answers are wrong, if new requests resemble/);
      await expect
        .poll(async () => (await running.page.getByRole('status').allTextContents()).join())
        .toMatch(/card_swallowed/);
      await region('Endpoint, off').waitFor();
      expect(await ask(running.page, 'route.endpoint', { action: 'state' })).toMatchObject({
        isOn: false,
      });
    },
    JOB_MS,
  );

  test(
    '12: give it to a colleague without private text',
    async () => {
      const target = join(folder, `${hands.name}-handed-on`);
      await answerDialogs(running.app, { open: null });
      user.begin('12-export');
      await user.go('Export');
      await user.press('radio', 'The student');
      await user.press('button', 'Export the student…');
      expect(existsSync(target)).toBe(false);
      expect(await ask(running.page, 'export.list', {})).toEqual([]);
      await answerDialogs(running.app, { open: target });
      await user.press('button', 'Export the student…');
      await region(/^Written: /).waitFor({ timeout: JOB_MS });
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(6);
      await user.milestone('exported');

      const texts = [...linesOf('tickets-private.jsonl'), ...linesOf('reviewed.jsonl')]
        .map(({ text }) => text!)
        .filter((text) => text.split(' ').length > 4);
      expect(textsIn(target, texts)).toEqual([]);
      // The search finds a text that was put there.
      writeFileSync(join(target, 'planted.txt'), `Notes: ${texts[3]}`);
      expect(textsIn(target, texts)).toEqual([texts[3]]);
      const card = readFileSync(join(target, 'MODEL_CARD.md'), 'utf8');
      for (const gate of (await ask(running.page, 'curate.gates', {})).gates)
        expect(card).toContain(gate.message);
    },
    JOB_MS,
  );

  test('the student that was handed on is as good as the screen said', async () => {
    const target = join(folder, `${hands.name}-handed-on`);
    const { evaluation } = await ask(running.page, 'evaluate.latest', {});
    const holdout = linesOf('reviewed.jsonl').filter(({ split }) => split === 'holdout');
    const answers = answersOf(
      target,
      holdout.map(({ text }) => text!),
    );
    const right = answers.filter((answer, index) => answer === holdout[index]!.label).length;
    expect(right / holdout.length).toBeCloseTo(evaluation!.report.metrics.accuracy!.value, 2);
  });
});
