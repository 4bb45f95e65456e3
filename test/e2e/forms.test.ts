import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { type PreparedProject, prepareRequests } from './helpers/requests.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/** A busy machine takes its time between a key and what is stored. */
const patient = { timeout: 20_000 };

/* Projects whose answers have fields: how one is made, and what its screens show. */

let running: RunningApp;
let prepared: PreparedProject;
beforeAll(async () => {
  prepared = await prepareRequests();
  running = await launch();
  const filePath = join(running.folder, 'stays.stillroom');
  await running.app.evaluate(
    ({ dialog }, { made, opened }) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: made });
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [opened] });
    },
    { made: filePath, opened: prepared.path },
  );
});
afterAll(() => running.close());

describe('a new project', () => {
  test('a pasted definition that cannot be learnt is refused with its place', async () => {
    const { page } = running;
    await page.getByRole('button', { name: /new project/i }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Call a function' }).click();
    await dialog.getByText('Paste tool definitions').click();
    const parameters = { type: 'object', properties: { guest: { type: 'object' } } };
    await dialog
      .getByRole('textbox', { name: 'Tool definitions' })
      .fill(JSON.stringify([{ type: 'function', function: { name: 'book', parameters } }]));
    const form = dialog.getByRole('region', { name: 'The form' });
    await expect
      .poll(() => form.textContent(), patient)
      .toContain('/properties/guest of the tool "book"');
    await expect
      .poll(() => dialog.getByRole('button', { name: /create/i }).isDisabled())
      .toBe(true);
    await expectAccessible(running);
  });

  test('a form is built by rows, and the project has its schema', async () => {
    const { page } = running;
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Stays');
    await dialog.getByRole('radio', { name: 'Fill in a form' }).click();
    await dialog.getByText('Build it here').click();
    await dialog.getByRole('textbox', { name: 'Name of field 1' }).fill('guest');
    await dialog.getByRole('checkbox', { name: 'guest is required' }).click();
    await dialog.getByRole('button', { name: 'Add a field' }).click();
    await dialog.getByRole('textbox', { name: 'Name of field 2' }).fill('room');
    await dialog.getByRole('combobox', { name: 'Kind of room' }).selectOption('choice');
    await dialog.getByRole('textbox', { name: 'Choices of room' }).fill('single, double');
    await expectAccessible(running);
    await dialog.getByRole('button', { name: /create/i }).click();
    await page.getByRole('heading', { level: 1, name: /Overview/ }).waitFor();
    const { task } = await ask(page, 'project.summary', {});
    expect(task).toMatchObject({
      name: 'Stays',
      kind: 'extract',
      schema: {
        properties: { guest: { type: 'string' }, room: { enum: ['single', 'double'] } },
        required: ['guest'],
      },
    });
    await ask(page, 'project.close', {});
    await page.reload();
    await page.waitForLoadState('load');
  });
});

describe('a project of function calls', () => {
  test('Collect shows each call on a line, and its values in the text', async () => {
    const { page } = running;
    await page.getByRole('button', { name: /^open/i }).first().click();
    await page.getByRole('navigation', { name: 'Stages' }).waitFor();
    await go(running, 'Collect');
    await page.getByRole('grid').getByText('no call').first().waitFor();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('region', { name: 'Answer' }).waitFor();
    await expect.poll(() => inspector.locator('mark').count(), patient).toBeGreaterThan(0);
  });

  test('Collect filters calls by their function', async () => {
    const { page } = running;
    await expect.poll(() => page.getByRole('combobox', { name: 'Label' }).count()).toBe(0);
    const { functions } = await ask(page, 'collect.facets', {});
    const [chosen] = functions;
    await page.getByRole('combobox', { name: 'Function' }).click();
    await page.getByRole('option', { name: chosen!, exact: true }).click();
    const { matching, total } = await ask(page, 'collect.count', {
      filter: `function = "${chosen}"`,
    });
    expect(matching).toBeGreaterThan(0);
    expect(matching).toBeLessThan(total);
    await page.getByText(`${matching} of ${total} records`, { exact: true }).waitFor();
    await page.getByLabel('Any function', { exact: true }).click();
    await page.getByText(`${total} records`, { exact: true }).waitFor();
  });

  test('Review leads to the doubtful field, refuses what does not fit, and takes words of the record', async () => {
    const { page } = running;
    const { right, title } = prepared.planted;
    await go(running, 'Review');
    const card = page.getByRole('article', { name: 'Record 1 of' });
    await card.getByText('the label does not fit the task').waitFor();
    await card.getByText('not in the text').first().waitFor();
    await page.keyboard.press('e');
    const field = card.getByRole('textbox', { name: 'title' });
    await expect
      .poll(() => field.evaluate((node) => node === document.activeElement), patient)
      .toBe(true);
    await expect.poll(() => field.inputValue()).toBe(title);

    await page.keyboard.press('Enter');
    await card.getByText('Write a number in digits.').waitFor();
    const rating = card.getByRole('textbox', { name: 'rating', exact: true });
    expect(await rating.evaluate((node) => node === document.activeElement)).toBe(true);
    await expectAccessible(running);

    await rating.fill(String(right.output!.arguments.rating));
    await field.focus();
    await page.keyboard.press('F2');
    const words = card.getByRole('listbox', { name: 'Words of the record' });
    const options = await words.getByRole('option').allTextContents();
    const wanted = String(right.output!.arguments.title).split(' ');
    const from = options.findIndex((_, at) =>
      wanted.every((word, i) => options[at + i]?.startsWith(word.replace(/\W+$/, ''))),
    );
    for (let step = 0; step < from; step++) await page.keyboard.press('ArrowRight');
    for (let step = 1; step < wanted.length; step++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe(right.output!.arguments.title);
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Record 2 of' }).waitFor();
    const label = async () => (await ask(page, 'collect.example', { externalId: right.id })).label;
    await expect.poll(label, patient).toMatchObject({ author: 'human', output: right.output });

    await page.keyboard.press('Backspace');
    await expect.poll(label, patient).toMatchObject({ author: 'imported' });
  });

  test('a digit chooses the function, 0 no call', async () => {
    const { page } = running;
    const card = page.getByRole('article', { name: 'Record 1 of' });
    await card.waitFor();
    await card.focus();
    await page.keyboard.press('1');
    await card.getByRole('textbox', { name: 'playlist' }).waitFor();
    await page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Accept' }).waitFor();
    await page.keyboard.press('0');
    await page.getByRole('article', { name: 'Record 2 of' }).waitFor();
    const { id } = prepared.planted.right;
    await expect
      .poll(async () => (await ask(page, 'collect.example', { externalId: id })).label, patient)
      .toMatchObject({ author: 'human', output: null });
  });

  test('nothing was complained about', () => {
    expect(running.complaints).toEqual([]);
  });
});
