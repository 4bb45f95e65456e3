import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { expectAccessible } from './helpers/screen-checks.ts';

/* Someone who has nothing but a file of their own: its labels are read from it, and one that came later is added. */

let running: RunningApp;
const labels = ['Billing', 'Delivery, late', 'Returns'];
const tickets = (label: string, n: number) =>
  Array.from({ length: n }, (_, i) => `${label} text number ${i};${label}`);
beforeAll(async () => {
  running = await launch();
  const write = (name: string, rows: readonly string[]) =>
    writeFileSync(join(running.folder, name), ['Message;Category', ...rows].join('\n'));
  write(
    'may.csv',
    labels.flatMap((label, i) => tickets(label, 30 - i)),
  );
  write('june.csv', tickets('Praise', 7));
});
afterAll(() => running.close());

test('the labels of a new project are read from the file, which is then ready to be imported', async () => {
  const { app, page, folder } = running;
  await answerDialogs(app, {
    save: join(folder, 'desk.stillroom'),
    open: join(folder, 'may.csv'),
  });
  await page.getByRole('button', { name: 'New project…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByText('Still wants at least two labels.').waitFor();
  await dialog.getByLabel('Name').fill('Desk');
  await dialog.getByRole('button', { name: 'Read them from a file…' }).click();
  await dialog.getByText('3 labels in 87 rows').waitFor();
  await expectAccessible(running);
  await photograph(page, 'own-labels', 'new-project');
  await dialog.getByRole('button', { name: 'Create…' }).click();
  await page.getByRole('button', { name: 'Import as private' }).click();
  await page.getByRole('region', { name: 'Imported 87, refused 0' }).waitFor();
  const { task, labelled } = await ask(page, 'project.summary', {});
  expect([task.labels, labelled]).toEqual([labels, 87]);
});

test('a label of a later file is told with its rows, and added where it stands', async () => {
  const { app, page, folder } = running;
  await answerDialogs(app, { open: join(folder, 'june.csv') });
  await page.getByRole('button', { name: 'Choose file…' }).click();
  await page.getByRole('button', { name: 'Import as private' }).click();
  const unknown = page.getByRole('region', { name: 'Labels that the project does not have' });
  await unknown.getByRole('row', { name: 'Praise 7' }).waitFor();
  await expectAccessible(running);
  await unknown.getByRole('button', { name: 'Add “Praise” to the labels' }).click();
  await unknown.getByText('7 records have one and count as labelled now').waitFor();
  expect((await ask(page, 'project.summary', {})).task.labels).toEqual([...labels, 'Praise']);
  await page.getByRole('button', { name: /^Undo: add a label/ }).waitFor();
});

test('Review cannot accept a label that the project lacks, and adds it', async () => {
  const { page } = running;
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await ask(page, 'project.summary', {})).task.labels)
    .toEqual(labels);
  await page.keyboard.press('Control+5');
  const card = page.getByRole('article', { name: /^Record 1 of/ });
  await card.getByText('It is not among the project’s labels').waitFor();
  expect(await card.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(true);
  await card.getByRole('button', { name: 'Add “Praise” to the labels' }).click();
  await expect.poll(() => card.getByRole('button', { name: 'Accept' }).isDisabled()).toBe(false);
  await expectAccessible(running);
});

test('the details are widened by arrow keys, hidden and shown again, and the table uses the room', async () => {
  const { page } = running;
  await page.keyboard.press('Control+1');
  const pane = page.getByRole('complementary', { name: 'Inspector' });
  const splitter = pane.getByRole('separator', { name: 'Width of the details, px' });
  const columns = page.getByRole('grid').getByRole('columnheader');
  const width = async () => (await pane.boundingBox())!.width;
  const before = await width();
  await splitter.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBe(Math.round(before) + 16);
  await page.keyboard.press('Home');
  await expect.poll(width).toBe(480);
  const narrow = await columns.count();
  await page.keyboard.press('Control+b');
  await expect.poll(width).toBe(40);
  await expect.poll(() => columns.count()).toBeGreaterThan(narrow);
  await pane.getByRole('button', { name: 'Show the details' }).click();
  await expect.poll(width).toBe(480);
});

test('a dialog that a key of the table opened gives the focus back to the table', async () => {
  const { page } = running;
  const grid = page.getByRole('grid');
  await grid.focus();
  for (const [key, title] of [
    ['p', 'Permit these to leave?'],
    ['v', 'Make these private?'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => grid.evaluate((own) => own === document.activeElement)).toBe(true);
  }
});
