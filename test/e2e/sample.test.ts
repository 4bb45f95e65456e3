import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './helpers/axe.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { createUser, type User } from './helpers/user.ts';
import { variants } from './helpers/variants.ts';

const JOB_MS = 400_000;

describe.each(variants)('1: see what this does, by $hands.name', ({ hands, appearance }) => {
  let running: RunningApp;
  let user: User;
  beforeAll(async () => {
    running = await launch();
    await answerDialogs(running.app, { save: join(running.folder, 'desk.stillroom') });
    user = await createUser(running, hands, appearance);
  });
  afterAll(() => running.close());

  test(
    'from the first window to the report',
    async () => {
      user.begin('01-sample');
      await user.press('button', 'Try the sample');
      await user.press('button', 'Run it all');
      await running.page
        .getByRole('heading', { name: 'Done: a student, its proof and its card' })
        .waitFor({ timeout: JOB_MS });
      const { actions } = user.end();
      expect(actions.length).toBeLessThanOrEqual(3);
      await user.milestone('overview');
      expect(await violations(running.page)).toEqual([]);
    },
    JOB_MS,
  );

  test('what it shows is what the engine found', async () => {
    const { page } = running;
    const stages = page.getByRole('list', { name: 'Stages and gates' });
    await expect.poll(() => stages.getByRole('img', { name: 'done' }).count()).toBe(9);
    const summary = await ask(page, 'project.summary', {});
    const { value, low, high } = summary.accuracy!;
    const shown = await page.getByRole('main').textContent();
    expect(shown).toContain(`${(100 * value).toFixed(1)} %`);
    expect(shown).toContain(`${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`);
    expect(value).toBeGreaterThan(0.85);
    expect(summary.left.everBytes).toBe(0);
    await page
      .getByRole('button', { name: /^Left today: 0 B · .* to programs on this computer/ })
      .waitFor();
    const report = readFileSync(join(summary.filesFolder, 'report.html'), 'utf8');
    expect(report).toContain('Bank support desk');
    const [handed] = await ask(page, 'export.list', {});
    expect(existsSync(join(handed!.folder, 'student.json'))).toBe(true);
  });

  test.each([
    'Collect',
    'Teach',
    'Curate',
    'Augment',
    'Review',
    'Train',
    'Evaluate',
    'Route',
    'Export',
    'Ledger',
    'Settings',
  ])('%s after it', async (screen) => {
    user.begin(`01-${screen.toLowerCase()}`);
    await user.go(screen);
    await user.milestone('after');
    expect(await violations(running.page)).toEqual([]);
  });
});
