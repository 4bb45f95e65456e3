import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type RunningApp } from './helpers/launch.ts';
import { prepareRequests } from './helpers/requests.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/* What a student of answers with fields shows on Train, Evaluate and Route. */

let running: RunningApp;
beforeAll(async () => {
  const { path } = await prepareRequests({ isTrained: true });
  running = await launch();
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
  await running.page.getByRole('button', { name: /^open/i }).first().click();
  await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
}, 300_000);
afterAll(() => running.close());

test('Train tells how each field is learnt', async () => {
  const { page } = running;
  await go(running, 'Train');
  const table = page.getByRole('table', { name: 'How each field is learnt' });
  await table.waitFor();
  await expect
    .poll(() => table.getByRole('row', { name: /^party_size/ }).textContent())
    .toContain('read from the text');
  await expectAccessible(running);
});

test('Evaluate shows figures by field, and both answers of an error', async () => {
  const { page } = running;
  await go(running, 'Evaluate');
  await page.getByRole('tab', { name: 'Fields' }).click();
  await page.getByRole('table', { name: 'Fields' }).waitFor();
  await expectAccessible(running);
  await page.getByRole('tab', { name: 'Errors' }).click();
  const errors = page.getByRole('list', { name: 'Worst errors' });
  const first = errors.getByRole('table').first();
  await first.waitFor();
  await expect.poll(() => first.textContent()).toMatch(/Right answer.*Student said.*function/);
  await expect.poll(() => first.textContent()).toMatch(/differs|added|left out/);
  await expectAccessible(running);
});

test('Route shows what was read, where, and how sure', async () => {
  const { page } = running;
  await go(running, 'Route');
  await page
    .getByRole('textbox', { name: 'A text' })
    .fill('Book a table for four at a pub in Boston');
  await page.getByRole('button', { name: 'Try the text' }).click();
  const answer = page.getByRole('region', { name: 'Try it' }).getByRole('status');
  await answer.getByText('book_restaurant').waitFor();
  await expect.poll(() => answer.locator('mark').count(), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => answer.textContent()).toMatch(/party_size\s*4 people \d+ % sure/);
  await expect
    .poll(() => answer.textContent())
    .toMatch(/Student answers|Would go to a person, because/);
  await expectAccessible(running);
});

test('nothing was complained about', () => {
  expect(running.complaints).toEqual([]);
});
