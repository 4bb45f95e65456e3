import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dress, small } from './helpers/appearance.ts';
import * as bad from './helpers/bad-input.ts';
import { answerDialogs } from './helpers/dialogs.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launch();
  running.page.setDefaultTimeout(15_000);
  await dress(running.app, running.page, { theme: 'light', ...small });
});
afterAll(() => running.close());
afterEach(() => {
  expect(running.complaints).toEqual([]);
});

const button = (name: string | RegExp, within: Locator | null = null) =>
  (within ?? running.page).getByRole('button', { name, exact: typeof name === 'string' });
const field = (name: string | RegExp) => running.page.getByRole('textbox', { name });
const dialog = () => running.page.getByRole('dialog');
const tell = () => ask(running.page, 'project.summary', {});
const inFolder = (name: string) => join(running.folder, name);

const go = (screen: string) => bad.goTo(running.page, screen);
const expectError = (words: RegExp, picture: string) =>
  bad.expectMessage(running.page, words, picture);

describe('a new project', () => {
  beforeAll(() => button('New project…').click());

  test('labels that are equal', async () => {
    await answerDialogs(running.app, { save: inFolder('desk.stillroom') });
    await field('Name').fill(bad.emojiName);
    await field('Labels').fill('refund\nrefund');
    await dialog().getByText('two labels are equal').waitFor();
    await photograph(running.page, 'bad-input', 'equal-labels');
    await expect.poll(() => button('Create…').isDisabled()).toBe(true);
  });

  test.each(bad.schemas)('a schema like %s', async (schema, words) => {
    await running.page.getByRole('radio', { name: 'Fill in a form' }).click();
    await dialog().getByText('Paste a JSON Schema').click();
    await field('JSON Schema').fill(schema);
    await running.page.getByRole('region', { name: 'The form' }).getByText(words).first().waitFor();
    await expect.poll(() => button('Create…').isDisabled()).toBe(true);
    await photograph(running.page, 'bad-input', `schema-${schema.length}`);
  });

  test('a file that is there already is not touched', async () => {
    writeFileSync(inFolder('taken.stillroom'), 'not ours');
    await answerDialogs(running.app, { save: inFolder('taken.stillroom') });
    await running.page.getByRole('radio', { name: 'Sort under labels' }).click();
    await field('Labels').fill('refund\ncard 💳');
    await button('Create…').click();
    await expectError(/exists already and was not touched/, 'file-exists');
  });

  test('a folder that is not there', async () => {
    await answerDialogs(running.app, { save: inFolder('nowhere/desk.stillroom') });
    await button('Create…').click();
    await expectError(/There is no folder/, 'no-folder');
  });

  test('closing the dialog of the system creates nothing', async () => {
    await answerDialogs(running.app, { save: null });
    await button('Create…').click();
    await expect.poll(() => dialog().count()).toBe(1);
    await expect
      .poll(() => running.page.getByRole('navigation', { name: 'Stages' }).count())
      .toBe(0);
  });

  test('emoji, long texts and a passphrase are taken as they are', async () => {
    await answerDialogs(running.app, { save: inFolder('desk.stillroom') });
    await field('Instructions').fill(bad.longText);
    await running.page.getByLabel('Passphrase', { exact: true }).fill('correct horse');
    await button('Create…').click();
    await running.page.getByRole('region', { name: 'Next step' }).waitFor();
    await photograph(running.page, 'bad-input', 'bad.emojiName');
    const { name, task, isEncrypted } = await tell();
    expect({ name, labels: task.labels, instructions: task.instructions, isEncrypted }).toEqual({
      name: bad.emojiName,
      labels: ['refund', 'card 💳'],
      instructions: bad.longText,
      isEncrypted: true,
    });
  });
});

describe('a file that is no good', () => {
  test.each(bad.files)('%s', async (name, content, words) => {
    writeFileSync(inFolder(name), content);
    await answerDialogs(running.app, { open: inFolder(name) });
    await go('Collect');
    await button('Import file…').click();
    await button('Choose file…').click();
    const start = button('Import as private');
    await start.or(running.page.getByRole('alert')).first().waitFor();
    // Some faults lie below the rows that the preview reads.
    if ((await start.count()) > 0) await start.click();
    await expectError(words, `import-${name}`);
    expect((await tell()).examples).toBe(0);
  });

  test('a file that has gone', async () => {
    await answerDialogs(running.app, { open: inFolder('gone.csv') });
    await button('Choose file…').click();
    await expectError(/gone\.csv/, 'import-gone');
  });

  test('letters of an older Windows program, once its encoding is named', async () => {
    writeFileSync(inFolder('latin.csv'), Buffer.from('text\nviele Gr\u00fc\u00dfe\n', 'latin1'));
    await answerDialogs(running.app, { open: inFolder('latin.csv') });
    await button('Choose file…').click();
    await expectError(/is not UTF-8/, 'import-latin');
    await running.page.getByRole('combobox', { name: 'Encoding' }).click();
    await running.page.getByRole('option', { name: /Windows-1252/ }).click();
    await running.page.getByText('viele Grüße').waitFor();
  });

  test('and then a good one', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `"${i === 0 ? bad.longText : `${bad.emojiName} ${i}`}",refund`,
    );
    writeFileSync(inFolder('good.csv'), ['text,label', ...lines].join('\n'));
    await answerDialogs(running.app, { open: inFolder('good.csv') });
    await go('Overview');
    await go('Collect');
    await button('Import file…').click();
    await running.page.getByRole('heading', { name: 'Which column is what?' }).waitFor();
    await photograph(running.page, 'bad-input', 'latin');
    await button('Choose another…').click();
    await button('Import as private').click();
    await running.page.getByRole('region', { name: /^Imported 60/ }).waitFor();
    await go('Collect');
    await photograph(running.page, 'bad-input', 'records');
  });
});

describe('the table of records', () => {
  test.each(['"\'*(', 'NEAR(', '👩🏽‍💼', '%_\\', bad.longText])('search for %j', async (words) => {
    await field('Search the texts').fill(words);
    await running.page.waitForTimeout(300);
    await expect.poll(() => running.page.getByRole('alert').count()).toBe(0);
  });

  test('permission to an address that is none, without a reason, until a day that has passed', async () => {
    await field('Search the texts').fill('');
    await running.page.getByRole('grid', { name: 'Records, 60 of 60' }).waitFor();
    await running.page.getByRole('checkbox', { name: 'Select the loaded rows' }).click();
    await button('Permit 60…').click();
    const permit = button('Permit 60 records');
    await expect.poll(() => permit.isDisabled()).toBe(true);
    await field('Why this is allowed').fill(bad.emojiName);
    await running.page.getByLabel('Until').fill('2020-01-01');
    await running.page.getByText(/That day has passed/).waitFor();
    await expect.poll(() => permit.isDisabled()).toBe(true);
    await running.page.getByLabel('Until').fill('');
    await field('To which host').fill('ht tp://*');
    await permit.click();
    await expectError(/is not a destination/, 'permit-host');
    expect((await tell()).byConsent.permitted).toBe(0);
    await field('To which host').fill('');
    await permit.click();
    await dialog().waitFor({ state: 'detached' });
    expect((await tell()).byConsent.permitted).toBe(60);
  });
});

describe('the teacher', () => {
  beforeAll(async () => {
    await go('Teach');
    await field('Model').fill('m');
    await running.page.getByRole('combobox', { name: 'Records' }).click();
    await running.page.getByRole('option', { name: 'All permitted' }).click();
  });

  test('a cap of nothing stays nothing, and nothing can be asked', async () => {
    await field('Cap, dollars').fill('0');
    await field('Model').focus();
    await expect.poll(() => field('Cap, dollars').inputValue()).toBe('$0');
    await running.page.getByText('At least $0.01: a question costs something.').waitFor();
    await expect.poll(() => button('Preview what is sent').isDisabled()).toBe(true);
    await photograph(running.page, 'bad-input', 'cap');
    await field('Cap, dollars').fill('1');
  });

  test.each(bad.addresses)('address %s', async (address, words) => {
    await field('Address').fill(address);
    await button('Preview what is sent').click();
    const send = button(/^Send 60/);
    await send
      .or(running.page.getByRole('alert').filter({ hasText: words }))
      .first()
      .waitFor();
    if ((await send.count()) > 0) {
      await send.click();
      await button('Send 60', dialog()).click();
    }
    await expectError(words, `teach-${address.replaceAll(/\W+/g, '-')}`);
    expect((await tell()).left.requests).toBe(0);
  });

  test('a model whose price nobody knows, until it is given', async () => {
    await running.page.getByLabel('Key for this time', { exact: true }).fill('key');
    await button('Preview what is sent').click();
    await button(/^Send 60/).click();
    await button('Send 60', dialog()).click();
    await expectError(/price of "m" is not known/, 'teach-price');
    await field('Tokens in').fill('0.15');
    await field('Tokens out').fill('0.6');
    await button('Preview what is sent').click();
    await button(/^Send 60/).click();
    await dialog()
      .getByText(/estimated/)
      .waitFor();
    await button('Keep here', dialog()).click();
    expect((await tell()).left.requests).toBe(0);
  });

  test('a program that is not there: every try is on record, and the screen says so', async () => {
    await field('Address').fill('http://127.0.0.1:9/v1');
    await field(/^At most$/).fill('2');
    await button('Preview what is sent').click();
    await button(/^Send 2 to/).click();
    await button('Send 2', dialog()).click();
    await running.page
      .getByText(/The connection failed/)
      .first()
      .waitFor({ timeout: 60_000 });
    await photograph(running.page, 'bad-input', 'teach-nobody');
    expect((await tell()).labelled).toBe(60);
  }, 90_000);
});

describe('settings', () => {
  test('a reviewer without a name, and one with a very long one', async () => {
    await go('Settings');
    await field('Your name in reviews').fill(' ');
    await running.page.getByText('A decision needs a name.').waitFor();
    await field('Your name in reviews').fill(bad.longText);
    expect((await field('Your name in reviews').inputValue()).length).toBeLessThanOrEqual(200);
    await photograph(running.page, 'bad-input', 'settings');
    await field('Your name in reviews').fill('tester');
  });
});

describe('an export', () => {
  test('into a folder with something in it leaves it as it is', async () => {
    mkdirSync(inFolder('full'));
    writeFileSync(inFolder('full/mine.txt'), 'mine');
    await ask(running.page, 'review.decideWhere', {
      filter: 'all',
      verdict: 'approve',
      reviewer: 'tester',
    });
    await answerDialogs(running.app, { open: inFolder('full') });
    await go('Export');
    await button(/^Export \d+ records…/).click();
    await expectError(/full/, 'export-full');
    expect(await ask(running.page, 'export.list', {})).toEqual([]);
  });
});

describe('an encrypted project', () => {
  test('a wrong passphrase, then the right one', async () => {
    await ask(running.page, 'project.close', {});
    await running.page.reload();
    await answerDialogs(running.app, { open: inFolder('desk.stillroom') });
    await button('Open…').click();
    const passphrase = running.page.getByLabel(/^Passphrase/);
    await passphrase.fill('wrong horse');
    await button('Open', dialog()).click();
    await running.page
      .getByText(/passphrase/i)
      .filter({ hasText: /wrong|not|does/i })
      .first()
      .waitFor();
    await photograph(running.page, 'bad-input', 'passphrase');
    await passphrase.fill('correct horse');
    await button('Open', dialog()).click();
    await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
    expect((await tell()).examples).toBe(60);
  });

  test('a file that is no project', async () => {
    await ask(running.page, 'project.close', {});
    await running.page.reload();
    await answerDialogs(running.app, { open: inFolder('taken.stillroom') });
    await button('Open…').click();
    await expectError(/taken\.stillroom is not a Stillroom project/, 'no-project');
  });
});
