import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDecoder } from '../fixtures/decoders/make-decoder.ts';
import {
  chatTemplate,
  vocabularySize,
  writeDecoderFolder,
} from '../fixtures/decoders/write-folder.ts';
import { createDesk } from './helpers/desk.ts';
import { ask, launch, type RunningApp } from './helpers/launch.ts';
import { photograph } from './helpers/photograph.ts';
import { expectAccessible, go } from './helpers/screen-checks.ts';

/* A writer is trained, in the window, on a language model that the user has in a folder. */

const folder = mkdtempSync(join(tmpdir(), 'stillroom-own-writer-'));
const path = join(folder, 'replies.stillroom');
const baseFolder = writeDecoderFolder(
  join(folder, 'my-model'),
  makeDecoder({ vocabulary: vocabularySize }),
  { chatTemplate, config: { _name_or_path: 'letters/my-model' } },
);

let running: RunningApp;
beforeAll(async () => {
  const { run, finish, close } = createDesk();
  await run('project.create', { path, task: { name: 'replies', kind: 'rewrite' } });
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `r${i}`,
    text: `message ${i} about ${i % 2 === 0 ? 'a card' : 'a fee'}`,
    output: i % 2 === 0 ? 'We sent the card.' : 'There is no fee.',
  }));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await finish('collect.import', {
    path: file,
    mapping: { id: 'id', text: 'text', output: 'output' },
  });
  await close();
  running = await launch();
  await choose(path);
  await running.page.getByRole('button', { name: /^open/i }).first().click();
  await running.page.getByRole('navigation', { name: 'Stages' }).waitFor();
}, 300_000);
afterAll(() => running.close());

/** What the system's dialog gives from now on. */
function choose(chosen: string): Promise<void> {
  return running.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, chosen);
}

test('a writer needs a language model of the user’s, and each of its answers goes to a person', async () => {
  const { page } = running;
  await go(running, 'Train');
  const model = page.getByRole('region', { name: 'Language model' });
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await page.getByRole('radio', { name: 'Quick' }).click();
  await expect.poll(() => model.count()).toBe(0);
  await page.getByRole('radio', { name: 'Writer' }).click();
  await model.getByText('none chosen yet').waitFor();
  expect(await train.isDisabled()).toBe(true);
  await choose(baseFolder);
  await model.getByRole('button', { name: 'Choose a folder…' }).click();
  await model.getByText('my-model').waitFor();
  await expectAccessible(running);
  await photograph(page, 'own-writer', 'chosen');
  await train.click();
  await page.getByText('Trained just now').waitFor({ timeout: 180_000 });
  await page.getByText(/perplexity of the outputs fell/u).waitFor();
  await photograph(page, 'own-writer', 'trained');

  const [student] = await ask(page, 'train.students', {});
  const { preprocessing } = JSON.parse(readFileSync(join(student!.folder, 'student.json'), 'utf8'));
  expect(preprocessing).toMatchObject({ base: 'letters/my-model', prompt: 'chat template' });

  await go(running, 'Route');
  await page.getByLabel('A text').fill('message 7 about a fee');
  await page.getByRole('button', { name: 'Try the text' }).click();
  await page
    .getByText(/a person reads it first|No threshold chosen yet/u)
    .first()
    .waitFor();
}, 300_000);
