import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dress, large, small } from './helpers/appearance.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { expectAccessible } from './helpers/screen-checks.ts';

/* What one expects of any program: a tour, steps taken back and taken again, their history, a copy. */

let running: RunningApp;
let path: string;
beforeAll(async () => {
  running = await launch();
  path = join(running.folder, 'desk.stillroom');
  await answerDialogs(running.app, { save: path });
});
afterAll(() => running.close());

/** Kept for people to look at. */
async function picture(name: string): Promise<void> {
  const { app, page } = running;
  for (const theme of ['light', 'dark'] as const)
    for (const size of [small, large]) {
      await dress(app, page, { theme, ...size });
      await photograph(page, 'habits', `${name}-${theme}-${size.width}`);
    }
}

test('the tour shows nine stages, by keys too, and Esc leaves it', async () => {
  const { page } = running;
  await page.getByRole('button', { name: 'Show me' }).click();
  const tour = page.getByRole('dialog', { name: 'The way through a project' });
  const stage = (name: string) => tour.getByRole('region', { name });
  await stage('Collect').waitFor();
  await expectAccessible(running);
  await picture('tour');
  for (const name of ['Teach', 'Curate', 'Augment', 'Review', 'Train', 'Evaluate', 'Route']) {
    await page.keyboard.press(name === 'Augment' ? 'ArrowRight' : 'Enter');
    await stage(name).waitFor();
  }
  await page.keyboard.press('ArrowLeft');
  await stage('Evaluate').waitFor();
  await page.keyboard.press('ArrowRight');
  await tour.getByRole('button', { name: 'Next' }).click();
  await stage('Export').waitFor();
  await tour.getByText('9 of 9').waitFor();
  await page.keyboard.press('Escape');
  await tour.waitFor({ state: 'hidden' });
  // It ends on the sample, for whoever went to its end.
  await page.getByRole('button', { name: 'Show me' }).click();
  await stage('Collect').waitFor();
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowRight');
  await tour.getByRole('button', { name: 'Try it on the sample' }).click();
  await page.getByRole('navigation', { name: 'Stages' }).waitFor();
  expect((await ask(page, 'project.summary', {})).path).toBe(path);
});

test('steps are taken back and again by keys, and the history lists them all', async () => {
  const { page } = running;
  const consents = async () => (await ask(page, 'project.summary', {})).byConsent;
  const before = await consents();
  const all = { filter: '', search: '' };
  await ask(page, 'collect.consent', { selection: all, to: 'private' });
  const after = await consents();
  expect(after).not.toEqual(before);
  await page.getByRole('button', { name: /^Undo: set/ }).waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(consents).toEqual(before);
  await page.getByRole('button', { name: /^Redo: set/ }).waitFor();
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(consents).toEqual(after);
  await expect.poll(() => page.getByRole('button', { name: /^Redo: / }).count()).toBe(0);

  await page.keyboard.press('Control+h');
  const history = page.getByRole('dialog', { name: 'History' });
  const steps = history.getByRole('listitem');
  await expect.poll(() => steps.count()).toBe((await ask(page, 'project.history', {})).length);
  await history.getByRole('button', { name: 'Undo' }).click();
  await steps.first().getByText('Undone').waitFor();
  await expectAccessible(running);
  await picture('history');
  await history.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(consents).toEqual(after);
  await page.keyboard.press('Control+z');
  await expect.poll(consents).toEqual(before);
  await page.keyboard.press('Escape');
});

test('a copy is saved from the palette, opens as a project, and never over another', async () => {
  const { page, app, folder } = running;
  const copy = join(folder, 'copy.stillroom');
  const saveCopy = async () => {
    await page.keyboard.press('Control+K');
    await page.getByLabel('Search commands').fill('Save a copy');
    await page.locator('[data-selected]', { hasText: 'Save a copy' }).waitFor();
    await page.keyboard.press('Enter');
    // Asked for again while it closes, it would not open.
    await page.getByLabel('Search commands').waitFor({ state: 'hidden' });
  };
  await answerDialogs(app, { save: null });
  await saveCopy();
  expect(existsSync(copy)).toBe(false);
  await answerDialogs(app, { save: copy, open: copy });
  await saveCopy();
  await page.getByRole('alert').getByText('A copy was saved as').waitFor();
  expect((await ask(page, 'project.summary', {})).path).toBe(path);
  await saveCopy();
  await page.getByRole('alert').getByText('exists already and was not touched').waitFor();
  const { examples } = await ask(page, 'project.summary', {});
  await ask(page, 'project.open', { path: copy });
  expect(await ask(page, 'project.summary', {})).toMatchObject({ path: copy, examples });
});
