import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type RunningApp, type TestWindow } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { prepareReplies } from './helpers/replies.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/* A project of replies in the words of a house, on the screens that show it otherwise than labels or fields. */

let running: RunningApp;
beforeAll(async () => {
  const { path } = await prepareReplies();
  running = await launch();
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
}, 400_000);
afterAll(() => running?.close());

/** A picture in the light beside one in the dark. */
async function look(name: string): Promise<void> {
  const { page } = running;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.evaluate(
      (theme) => (globalThis as unknown as TestWindow).stillroom.call('desktop.theme', { theme }),
      colorScheme,
    );
    await page.emulateMedia({ colorScheme });
    await photograph(page, 'replies', `${name}-${colorScheme}`);
  }
}

test('New project offers it, and asks for nothing but a name', async () => {
  const { page } = running;
  await page
    .getByRole('button', { name: /^new project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByRole('radio', { name: 'Reply in our words' }).click();
  await expect.poll(() => dialog.textContent()).toContain('Nothing more to define');
  const create = dialog.getByRole('button', { name: 'Create…' });
  expect(await create.isEnabled()).toBe(false);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('House replies');
  await expect.poll(() => create.isEnabled()).toBe(true);
  await expectAccessible(running);
  await look('new-project');
  await page.keyboard.press('Escape');
});

test('Train shows the types of reply with their values, and an example of each', async () => {
  const { page } = running;
  await page.getByRole('button', { name: /^open/i }).first().click();
  await page.getByRole('navigation', { name: 'Stages' }).waitFor();
  await go(running, 'Train');
  const types = page.getByRole('list', { name: 'Types of reply' });
  const machine = types.getByRole('listitem').filter({ hasText: 'the machine kept your card' });
  await machine.waitFor();
  expect(await types.getByRole('listitem').count()).toBeGreaterThanOrEqual(8);
  await expect.poll(() => machine.locator('mark').allTextContents()).toEqual(['name']);
  await machine.getByRole('button', { name: /^Show an example/ }).click();
  await expect
    .poll(() => machine.locator('blockquote').textContent())
    .toMatch(/→ Hello \w+ \w+, we are/);
  await expectAccessible(running);
  await look('train');
});

test('Review edits a reply as text; a digit takes the words of a type', async () => {
  const { page } = running;
  await go(running, 'Review');
  const card = page.getByRole('article', { name: /^Record 1 of/ });
  const shown = card.getByRole('region', { name: 'Reply' });
  await shown.waitFor();
  const types = card.getByRole('group', { name: 'Types of reply' }).getByRole('button');
  await expect.poll(() => types.count()).toBeGreaterThanOrEqual(8);
  await card.focus();
  await page.keyboard.press('2');
  const area = card.getByRole('textbox', { name: 'Reply' });
  await expect.poll(() => area.inputValue()).toMatch(/^Hello/);
  await expectAccessible(running);
  await look('review');
  await page.keyboard.press('Escape');
  await shown.waitFor();
  await page.keyboard.press('e');
  await area.fill('Hello, please write to us by post. Kind regards, your card team');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => page.getByRole('list', { name: 'Decided' }).textContent())
    .toContain('please write to us by post');
  await page.getByRole('article', { name: /^Record 2 of/ }).press('Backspace');
  await page.getByRole('article', { name: /^Record 1 of/ }).waitFor();
});

test('Evaluate says how many replies are right, and shows what differs in a wrong one', async () => {
  const { page } = running;
  await go(running, 'Evaluate');
  await expect
    .poll(() => page.getByRole('region', { name: 'Result' }).textContent())
    .toContain('Right replies on the holdout');
  await expect
    .poll(() => page.locator('main').textContent())
    .toContain('Replies with an invented fact');
  await expectAccessible(running);
  await look('evaluate');
  await page.getByRole('tab', { name: 'Errors' }).click();
  const errors = page.getByRole('list', { name: 'Worst errors' });
  await errors.getByRole('listitem').first().waitFor();
  await expect
    .poll(() => errors.textContent())
    .toMatch(/Student said.*Right answer|left to a person/);
  await expectAccessible(running);
  await look('evaluate-errors');
});

test('Route tries a text: its values are marked where they were read and where they are said', async () => {
  const { page } = running;
  await go(running, 'Route');
  await page
    .getByRole('textbox', { name: 'A text' })
    .fill('The ATM has kept my card, how do I get a new one? My name is Mara Dilofa.');
  await page.getByRole('button', { name: 'Try the text' }).click();
  const answer = page.getByRole('region', { name: 'Try it' }).getByRole('status');
  await answer.getByText('we are sorry that the machine kept your card').waitFor();
  await expect.poll(() => answer.locator('mark').count()).toBe(2);
  await expect.poll(() => answer.textContent()).toMatch(/Hello Mara Dilofa/);
  await expectAccessible(running);
  await look('route');
  await page
    .getByRole('textbox', { name: 'A text' })
    .fill('Why do you need to verify my identity?');
  await page.getByRole('button', { name: 'Try the text' }).click();
  await answer.getByText('None of your replies fits').waitFor();
  await expect.poll(() => answer.textContent()).toContain('because no reply of yours fits');
});

test('nothing was complained about', () => {
  expect(running.complaints).toEqual([]);
});
