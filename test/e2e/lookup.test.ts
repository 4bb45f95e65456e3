import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from './helpers/desk.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/* A field that no text tells is filled from a table, on Train; what is still missing is said, on Route. */

const patient = { timeout: 60_000 };
const folder = mkdtempSync(join(tmpdir(), 'stillroom-desk-'));
const path = join(folder, 'desk.stillroom');
const table = join(folder, 'accounts.csv');
const customers = Array.from(
  { length: 60 },
  (_, i) => `Customer${String.fromCharCode(65 + (i % 26))}${i}`,
);
const accountOf = (name: string) => `ACC-${7_000 + customers.indexOf(name) * 13}`;

let running: RunningApp;
beforeAll(async () => {
  const { run, finish, close } = createDesk();
  const properties = {
    customer: { type: 'string' },
    account: { type: 'string' },
    days: { type: 'array', items: { type: 'string', format: 'date' } },
  };
  const schema = { type: 'object', properties, required: ['customer', 'account'] };
  await run('project.create', { path, task: { name: 'desk', kind: 'extract', schema } });
  const phrases = ['asks about invoice', 'waits for parcel', 'cancels order', 'returns lamp'];
  const rows = customers.map((customer, i) => ({
    id: `r${i}`,
    text: `${customer} ${phrases[i % phrases.length]} ${1_000 + i * 37}`,
    output: { customer, account: accountOf(customer), days: ['2026-03-08'] },
  }));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(
    table,
    `name,account\n${customers.map((name) => `${name},${accountOf(name)}\n`).join('')}`,
  );
  await finish('collect.import', {
    path: file,
    mapping: { id: 'id', text: 'text', output: 'output' },
  });
  await finish('train.run', { student: 'crf' });
  await close();

  running = await launch();
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
  await running.page.getByRole('button', { name: /^open/i }).first().click();
  await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, table);
}, 300_000);
afterAll(() => running.close());

async function tryText(text: string): Promise<string> {
  const { page } = running;
  await go(running, 'Route');
  await page.getByRole('textbox', { name: 'A text' }).fill(text);
  await page.getByRole('button', { name: 'Try the text' }).click();
  const answer = page.getByRole('region', { name: 'Try it' }).getByRole('status');
  await answer.getByText('sure of the whole').waitFor();
  return (await answer.textContent()) ?? '';
}

test('what is not in the text is said to be missing, not shown as a value', async () => {
  const answer = await tryText(`${customers[4]} asks about invoice 77`);
  expect(answer).toMatch(/customer\s*CustomerE4/);
  expect(answer).toMatch(/account\s*not found in the text/);
  expect(answer).toMatch(/0\.0\s% sure/);
  await expectAccessible(running);
});

test('a field that is not learnt is filled from a table', async () => {
  const { page } = running;
  await go(running, 'Train');
  await page.getByText('The schema requires account').waitFor(); // which no text tells
  await page.getByRole('button', { name: 'Fill from a table… for account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Fill account from a table' });
  await dialog.getByRole('button', { name: 'Choose the file…' }).click();
  await dialog.getByText('accounts.csv').waitFor();
  await expectAccessible(running);
  await dialog.getByRole('combobox', { name: 'Column with the key' }).selectOption('name');
  await dialog.getByRole('combobox', { name: 'Column with account' }).selectOption('account');
  await dialog.getByRole('button', { name: 'Fill from this table' }).click();
  const tables = page.getByRole('table', { name: 'Tables that fill fields' });
  await tables.getByRole('row', { name: /^accounts account customer 60/ }).waitFor();
  await expectAccessible(running);
});

test('the next student looks it up', async () => {
  const { page } = running;
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const learnt = page.getByRole('table', { name: 'How each field is learnt' });
  await expect
    .poll(() => learnt.getByRole('row', { name: /^account/ }).textContent(), patient)
    .toContain('filled from accounts by customer');
  expect(await tryText(`${customers[4]} asks about invoice 77`)).toMatch(
    new RegExp(`account\\s*${accountOf(customers[4]!)}`),
  );
});

test('without its table it is missing again', async () => {
  const { page } = running;
  await go(running, 'Train');
  await page.getByRole('button', { name: 'Remove the table accounts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove the table accounts?' });
  // Of the two students, the one that was trained after the table had come.
  const needing = dialog.getByRole('list', { name: 'Students that need the table' });
  await needing.waitFor();
  expect(await needing.getByRole('listitem').count()).toBe(1);
  await expectAccessible(running);
  await photograph(page, 'lookup', 'remove');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  expect(await ask(page, 'lookup.list', {})).toHaveLength(1);
  await page.getByRole('button', { name: 'Remove the table accounts' }).click();
  await dialog.getByRole('button', { name: 'Remove the table' }).click();
  await expect
    .poll(() => page.getByRole('table', { name: 'Tables that fill fields' }).count())
    .toBe(0);
  expect(await tryText(`${customers[5]} asks about invoice 78`)).toContain('not found in the text');
});

test('a list of days is corrected day by day', async () => {
  const { page } = running;
  await go(running, 'Review');
  const card = page.getByRole('article', { name: /^Record 1 of/ });
  await card.press('e');
  const days = card.getByRole('group', { name: 'days' });
  await expect
    .poll(() => days.getByLabel('days 1', { exact: true }).inputValue())
    .toBe('2026-03-08');
  await days.getByRole('button', { name: 'Add a day to days' }).click();
  await days.getByLabel('days 2', { exact: true }).fill('2026-03-09');
  await days.getByRole('button', { name: 'Remove days 1' }).click();
  await expectAccessible(running);
  const text = (await card.textContent()) ?? '';
  const id = `r${customers.findIndex((name) => text.includes(`${name} `))}`;
  await card.getByRole('button', { name: /^Save, next/ }).click();
  await page.getByRole('article', { name: /^Record 2 of/ }).waitFor();
  const { labels } = await ask(page, 'collect.example', { externalId: id });
  expect(labels.at(-1)).toMatchObject({ author: 'human', output: { days: ['2026-03-09'] } });
});

test('nothing was complained about', () => {
  expect(running.complaints).toEqual([]);
});
